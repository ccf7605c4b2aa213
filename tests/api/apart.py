"""Every door of the web beside its operation of the API, and what has none, with its reason.

How to add a door: write the operation in `src/kycuong/api/<room>.py` (its shapes in `api/shapes/`, its right in `may(...)`, its
summary as "Tiếng Việt | English"), list the room in `api/gate.py`, run `scripts/docs.py`, and name the operation here beside the
address. What must not be done by a system gets one of the reasons below instead, both here and in ACTS_APART.
"""

from __future__ import annotations

#: Why a page or an act has no operation.
OWN_BROWSER = "signing in and out, and one's own sessions: a system carries a token instead"
OWN_SECRET = "a person's own password, second step or link to single sign-on: nobody acts in their place"
OWN_WISH = "how one person wants to hear or to subscribe at a secret address: no system decides it for them"
OF_LINKS = "a body outside the system holds a one-time secret in a browser; it must not pass through another system"
HANDED_OVER = "a one-time secret handed from an administrator to a person; it must not pass through a system"
OF_TOKENS = "a token that could make or revoke tokens would outlive its own end"
ONLY_SHOWN = "shows on paper or on a wall what other operations give as data"
OF_DEMO = "moves the clock of a demo"
OF_FORMS = "help and language of the pages"

#: Acts of services that the web reaches and the API must not.
ACTS_APART: dict[str, str] = {
    **dict.fromkeys(
        ("accounts.find_account", "accounts.sign_in_failed", "accounts.signed_in", "accounts.signed_out", "sessions.end",
         "sessions.end_others", "identities.end_sessions", "identities.find", "identities.refuse", "second_factors.answer"),
        OWN_BROWSER,
    ),
    **dict.fromkeys(
        ("accounts.change_password", "identities.link", "identities.withdraw", "second_factors.open_sealed",
         "second_factors.register", "second_factors.renew_codes", "second_factors.seal", "second_factors.withdraw"),
        OWN_SECRET,
    ),
    **dict.fromkeys(
        ("accounts.choose_mail", "feeds.make_feed", "feeds.note_read", "feeds.revoke_feed", "outreach.unsubscribe",
         "workbooks.journal"),
        OWN_WISH,
    ),
    **dict.fromkeys(
        ("accounts.give_password", "accounts.reset_factor", "accounts.withdraw_identity", "second_factors.require"),
        HANDED_OVER,
    ),
    **dict.fromkeys(
        ("consultations.make_link", "consultations.open_link", "consultations.answer_by_link", "consultations.file_by_link",
         "consultations.draft_by_link", "consultations.ask_time_by_link"),
        OF_LINKS,
    ),
    **dict.fromkeys(("tokens.make", "tokens.revoke"), OF_TOKENS),
    "clocks.advance": OF_DEMO,
}  # fmt: skip

#: Address of the web -> operations of the API.
PAGES: dict[str, str] = {
    "home": "list_my_duties", "my_duties": "list_my_duties", "duty": "read_duty receive_duty list_desks",
    "correct": "correct_duty", "replace": "replace_duty", "reassign": "reassign_duty", "revoke": "revoke_duty",
    "duty_act": "assign_duty submit_duty send_duty confirm_duty propose_duty accept_duty explain_duty",
    "heads": "list_heads", "change_heads": "change_threshold", "head_signal": "read_head_signal", "open_head_case": "open_case",
    "head_case": "read_case", "case_docx": "download_case", "case_pdf": "download_case",
    "case_act": "mark_cause agree_case decide_case end_case",
    "chase": "list_to_chase", "chase_preview": "preview_letters", "chase_draft": "draft_letters", "chase_letters": "list_letters",
    "chase_letter": "read_letter", "chase_docx": "download_letter", "chase_pdf": "download_letter", "chase_record": "record_letter",
    "chase_cancel": "cancel_letter", "chase_renew": "renew_letter",
    "backlog": "list_backlog_reviews", "backlog_start": "preview_backlog_review open_backlog_review",
    "backlog_review": "read_backlog_review", "backlog_line": "read_backlog_line", "backlog_decide": "decide_backlog_line",
    "backlog_undo": "undo_backlog_line", "backlog_docx": "download_minutes", "backlog_pdf": "download_minutes",
    "backlog_table": "download_backlog_lines",
    "backlog_act": "close_backlog_review describe_backlog_review cancel_backlog_review record_minutes",
    "consultations": "list_consultations", "ask": "ask_opinions list_concerned", "outside_bodies": "add_outside_body",
    "opinion_links": "list_opinion_links", "revoke_link": "revoke_opinion_link",
    "consultation": "read_consultation read_consultation_grounds",
    "change_proposal": "change_proposal", "end_consultation": "end_consultation", "opinion": "read_opinion list_alike_answers",
    "opinion_act": "assign_opinion submit_opinion return_opinion_draft "
                   "take_opinion_delivery prove_opinion_delivery give_opinion file_late_opinion return_opinion ask_opinion_time "
                   "give_opinion_time refuse_opinion_time accept_opinion refuse_vague_opinion drop_opinion record_silence_notice",
    "dissents": "list_dissents", "meeting": "read_dissent record_meeting correct_meeting", "sign_meeting": "sign_meeting",
    "meeting_minutes": "download_meeting_minutes",
    "votings": "list_votings", "put_voting": "list_voting_members open_voting", "voting": "read_voting", "tally": "download_tally",
    "voting_act": "close_voting cancel_voting sign_tally", "slip": "read_slip cast_vote",
    "slip_paper": "download_slip", "slip_papers": "download_slips",
    "opinion_draft": "draft_opinion", "silence_notice": "download_silence_notice",
    "arbitrations": "list_arbitrations list_arbiter_rules", "arbiter_rule": "change_arbiter_rule",
    "arbitration": "read_arbitration", "arbitration_act": "rule_arbitration step_aside_arbitration",
    "my_unit": "list_unit_duties", "unit": "list_unit_duties", "unit_tracker": "download_unit_tracker",
    "board": "read_board", "board_targets": "list_targets", "board_desks": "list_board_desks",
    "board_charts": "read_charts", "board_table": "download_board",
    "save_view": "save_view list_views", "drop_view": "drop_view", "open_view_first": "open_view_first",
    "board_rows": "list_board_rows",
    "give": "give_task", "register": "list_documents", "register_tracker": "download_register_tracker",
    "upload": "register_document register_document_by_hand", "line": "register_line",
    "batches": "list_batches open_batch", "batch": "read_batch", "cancel_batch": "cancel_batch", "retry_batch": "retry_batch",
    "document": "read_document", "document_tracker": "download_document_tracker", "link": "link_documents",
    "coverage": "read_coverage", "mend_coverage": "add_order restore_order",
    "comparison": "compare_documents", "correct_match": "correct_match", "undo_match": "undo_match",
    "scan": "read_scan", "cancel_scan": "cancel_scan", "type_text": "type_scan", "retry_scan": "retry_scan",
    "annex": "download_annex", "annex_pdf": "download_annex", "edxml": "download_edxml",
    "review": "read_review", "triage": "triage_document", "roles": "set_roles", "header": "correct_header",
    "add_order": "add_order", "undo": "undo_review", "burden": "read_burden", "issue": "issue_document",
    "order_act": "check_order correct_order split_order merge_orders drop_order restore_order",
    "organisation": "list_units", "org_unit": "read_unit", "org_changes": "list_org_changes", "new_org_change": "draft_org_change",
    "org_change": "read_org_change", "succession": "download_succession",
    "org_change_act": "edit_org_change choose_successors decide_org_change cancel_org_change",
    "document_themes": "set_themes",
    "own_process": "read_process", "process": "read_process", "process_table": "download_process",
    "revise_process": "revise_process",
    "signs": "list_signs", "signs_table": "download_signs", "unit_signs": "list_sign_cases",
    "sign_act": "explain_sign decide_sign",
    "giver_signals": "list_signals contest_signal answer_signal",
    "periods": "list_periods open_period", "period": "read_period", "period_comparison": "compare_period",
    "period_unit": "list_period_rows", "period_unit_act": "agree_period contest_row", "period_act": "close_period decide_contest",
    "period_table": "download_period", "targets_table": "download_targets", "programmes_table": "download_programmes",
    "file_signatures": "show_file_signatures", "trust": "list_trust add_trust", "retire_trust": "retire_trust",
    "targets": "list_targets", "add_target": "add_target", "target": "read_target",
    "target_act": "record_actual correct_target answer_target drop_target contest_target",
    "programmes": "list_programmes start_programme", "programme_template": "download_programme_template",
    "programme": "read_programme",
    "programme_act": "put_line accept_lines drop_lines take_programme_file take_programme_text submit_programme return_programme "
                     "approve_programme",
    "competences": "ask_competence list_competences list_matters", "competence": "read_competence",
    "competence_file": "download_registry", "competence_template": "download_registry_template",
    "competence_import": "check_import", "add_competence": "add_competence", "pass_on_competence": "add_competence",
    "replace_competence": "replace_competence", "end_competence": "end_competence",
    "competence_matter": "add_matter rename_matter",
    "themes": "list_themes add_theme", "theme": "read_theme", "theme_act": "rename_theme end_theme reopen_theme",
    "reports": "list_collections", "collection": "read_collection", "chase_reports": "chase_reports", "report": "read_report",
    "report_paper": "download_report", "report_act": "write_report submit_report send_report receive_report merge_reports",
    "proof": "verify_report", "edition_paper": "download_edition", "proof_rows": "list_figure_rows", "difference": "compare_report",
    "file": "download_file", "corrections": "list_reader_errors",
    "covers": "list_covers plan_cover", "end_cover": "end_cover", "covered_desk": "list_my_duties",
    "notices": "list_notices", "read_all": "read_notices",
    "calendar": "list_days read_day explain_due", "change_calendar": "preview_days change_days",
    "office_hours": "list_office_hours preview_hours change_hours", "limit_rules": "list_limits change_limit",
    "consultation_rules": "list_consultation_rules preview_consultation_rule change_consultation_rule",
    "calendar_changes": "list_calendar_changes", "calendar_change": "read_calendar_change",
    "reverse_change": "preview_reversal reverse_calendar_change",
    "ladder": "list_ladders list_ladder_changes", "change_ladder": "change_ladder", "tomorrow": "preview_reminders",
    "mail_outbox": "list_mails", "retry_mail": "retry_mails", "audit": "list_entries", "search": "search",
    "imports": "list_imports check_import", "import_template": "download_import_template", "import_run": "read_import",
    "import_apply": "apply_import", "import_choose": "choose_import_units", "import_undo": "undo_import",
    "organisation_file": "download_organisation",
    "exports": "list_exports ask_export", "export_archive": "download_export",
    "hooks": "list_subscriptions subscribe list_event_kinds", "hook": "list_deliveries",
    "hook_act": "pause_subscription resume_subscription end_subscription replay_range replay_delivery renew_secret",
    "accounts": "list_accounts", "account": "read_account", "stop_account": "stop_account", "resume_account": "resume_account",
    "end_sessions": "end_sessions",
}  # fmt: skip

#: Address of the web -> why it has none.
PAGES_APART: dict[str, str] = {
    "board_wall": ONLY_SHOWN, "board_today": ONLY_SHOWN, "help": OF_FORMS, "set_language": OF_FORMS, "clock": OF_DEMO,
    **dict.fromkeys(("outside_link", "outside_answer", "outside_file", "outside_draft", "outside_more_time"), OF_LINKS),
    "systems": OF_TOKENS, "revoke_token": OF_TOKENS,
    **dict.fromkeys(("own_feed", "revoke_feed", "feed", "leave_mails", "mail_wish", "choose_mail"), OWN_WISH),
    **dict.fromkeys(("own_journal", "own_journal_lines"), OWN_WISH),
    **dict.fromkeys(("give_password", "reset_factor", "withdraw_identity", "factor_rules"), HANDED_OVER),
    **dict.fromkeys(
        ("own_password", "second_factor", "register_factor", "renew_codes", "withdraw_factor", "own_identity", "link_identity",
         "withdraw_own_identity"),
        OWN_SECRET,
    ),
    **dict.fromkeys(
        ("own_sessions", "end_other_sessions", "end_session", "sign_in", "single_sign_on", "single_sign_on_back",
         "provider_logout", "sign_in_code", "sign_out"),
        OWN_BROWSER,
    ),
}  # fmt: skip

#: Verb of the command line -> operations of the API, or after a dash why there is none.
VERBS: dict[str, str] = {
    "coverage": "read_coverage", "compare": "compare_documents", "burden": "read_burden", "due": "explain_due",
    "intake": "open_batch", "corrections": "list_reader_errors", "org": "draft_org_change decide_org_change",
    "competence": "ask_competence list_competences check_import",
    "transfers": "list_arbitrations list_transfer_facts",
    "consultation": "list_concerned read_consultation_grounds list_opinion_links assign_opinion "
                    "list_consultations read_consultation list_dissents read_dissent download_meeting_minutes list_votings read_voting "
                    "download_tally",
    "search": "search", "board": "read_board", "calendar": "preview_days change_days", "report": "list_collections verify_report",
    "remind": "preview_reminders", "chase": "list_to_chase draft_letters record_letter", "export": "ask_export download_export",
    "trust": "list_trust add_trust retire_trust", "signature": "show_file_signatures", "period": "list_periods open_period close_period",
    "accountability": "list_heads read_case decide_case", "target": "list_targets", "signs": "list_signs list_sign_cases",
    "process": "read_process",
    "programme": "list_programmes",
    "backlog": "list_backlog_reviews", "import": "check_import apply_import",
    "read": "- reads files on the machine; the API registers a paper and shows what was read",
    "when": "- reads one phrase, without an instance",
    "token": f"- {OF_TOKENS}", "account": f"- {HANDED_OVER}", "tick": f"- {OF_DEMO}", "demo": f"- {OF_DEMO}",
    "audit": "- seals and keys of whoever runs the machine; the entries are list_entries",
    **dict.fromkeys(("migrate", "run", "work", "backup", "restore"), "- of whoever runs the machine"),
}  # fmt: skip
