"""Addresses of the pages: Vietnamese words, and the address is the state."""

from datetime import date

from django.urls import path, register_converter
from django.views.i18n import set_language

from kycuong.web import (
    accounts,
    board,
    calendars,
    changes,
    corrections,
    coverage,
    covers,
    documents,
    duties,
    exports,
    files,
    imports,
    intake,
    organisation,
    own_sessions,
    pages,
    passwords,
    programmes,
    reminders,
    reports,
    review,
    search,
    second_factors,
    systems,
    themes,
    trackers,
    units,
)


class _Day:
    """A day in an address, 2026-12-01."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(_Day, "day")

DOCUMENT = "van-ban/<uuid:public_id>/"
COLLECTION = "bao-cao/<uuid:key>/<day:slot>/"
EDITION = "bao-cao/ban/<uuid:public_id>/"
REVIEW = DOCUMENT + "ra-soat/"
IMPORT = "quan-tri/nhap-du-lieu/"

urlpatterns = [
    path("", duties.my_duties, name="home"),
    path("viec/", duties.my_duties, name="my_duties"),
    path("viec/<uuid:public_id>/", duties.duty, name="duty"),
    *[
        path(f"viec/<uuid:public_id>/{address}/", changes.change, {"act": act}, name=act)
        for address, act in changes.ADDRESSES.items()
    ],
    path("viec/<uuid:public_id>/<slug:address>/", duties.duty_act, name="duty_act"),
    path("don-vi/", units.unit, name="my_unit"),
    path("don-vi/<uuid:public_id>/", units.unit, name="unit"),
    path("don-vi/<uuid:public_id>/theo-doi.xlsx", trackers.unit, name="unit_tracker"),
    path("bang-theo-doi/", board.board, name="board"),
    path("bang-theo-doi/ban/", board.desks, name="board_desks"),
    path("bang-theo-doi/nhiem-vu/", board.rows, name="board_rows"),
    path("van-ban/", documents.register, name="register"),
    path("van-ban/theo-doi.xlsx", trackers.register, name="register_tracker"),
    path("van-ban/moi/", documents.upload, name="upload"),
    path("van-ban/moi/mot-dong/", documents.line, name="line"),
    path("tiep-nhan/", intake.batches, name="batches"),
    path("tiep-nhan/<uuid:public_id>/", intake.batch, name="batch"),
    path("tiep-nhan/<uuid:public_id>/huy/", intake.cancel_batch, name="cancel_batch"),
    path("tiep-nhan/<uuid:public_id>/doc-lai/", intake.retry_batch, name="retry_batch"),
    path(DOCUMENT, documents.document, name="document"),
    path(DOCUMENT + "theo-doi.xlsx", trackers.document, name="document_tracker"),
    path(DOCUMENT + "lien-ket/", documents.link, name="link"),
    path(DOCUMENT + "do-bao-phu/", coverage.coverage, name="coverage"),
    path(DOCUMENT + "do-bao-phu/them/", coverage.mend, name="mend_coverage"),
    path(DOCUMENT + "ban-quet/", intake.scan, name="scan"),
    path(DOCUMENT + "ban-quet/dung/", intake.cancel_scan, name="cancel_scan"),
    path(DOCUMENT + "ban-quet/nhap-tay/", intake.type_text, name="type_text"),
    path(DOCUMENT + "ban-quet/doc-lai/", intake.retry_scan, name="retry_scan"),
    path(DOCUMENT + "phu-luc.docx", files.annex, name="annex"),
    path(DOCUMENT + "phu-luc.pdf", files.annex, {"form": "pdf"}, name="annex_pdf"),
    path(REVIEW, review.review, name="review"),
    path(REVIEW + "phan-loai/", review.triage, name="triage"),
    path(REVIEW + "vai-tro/", review.roles, name="roles"),
    path(REVIEW + "dau-van-ban/", review.header, name="header"),
    path(REVIEW + "them/", review.add, name="add_order"),
    path(REVIEW + "hoan-tac/", review.undo, name="undo"),
    path(REVIEW + "ban-hanh/", review.issue, name="issue"),
    path(REVIEW + "nhiem-vu/<uuid:order>/<slug:address>/", review.order_act, name="order_act"),
    path("to-chuc/", organisation.tree, name="organisation"),
    path("to-chuc/don-vi/<uuid:public_id>/", organisation.unit, name="org_unit"),
    path("to-chuc/thay-doi/", organisation.changes, name="org_changes"),
    path("to-chuc/thay-doi/moi/<slug:address>/", organisation.new, name="new_org_change"),
    path("to-chuc/thay-doi/<uuid:public_id>/", organisation.change, name="org_change"),
    path("to-chuc/thay-doi/<uuid:public_id>/danh-sach.xlsx", organisation.succession, name="succession"),
    path("to-chuc/thay-doi/<uuid:public_id>/<slug:address>/", organisation.change_act, name="org_change_act"),
    path(DOCUMENT + "chu-de/", themes.of_document, name="document_themes"),
    path("chuong-trinh/", programmes.year, name="programmes"),
    path("chuong-trinh/mau.xlsx", programmes.template, name="programme_template"),
    path("chuong-trinh/<uuid:public_id>/", programmes.programme, name="programme"),
    path("chuong-trinh/<uuid:public_id>/<slug:address>/", programmes.programme_act, name="programme_act"),
    path("chuong-trinh/chu-de/", themes.themes, name="themes"),
    path("chuong-trinh/chu-de/<uuid:public_id>/", themes.theme, name="theme"),
    path("chuong-trinh/chu-de/<uuid:public_id>/<slug:address>/", themes.theme_act, name="theme_act"),
    path("bao-cao/", reports.reports, name="reports"),
    path(COLLECTION, reports.collection, name="collection"),
    path(COLLECTION + "nhac/", reports.chase, name="chase_reports"),
    path(COLLECTION + "<uuid:unit>/", reports.report, name="report"),
    path(COLLECTION + "<uuid:unit>/bao-cao.<slug:form>", reports.report_paper, name="report_paper"),
    path(COLLECTION + "<uuid:unit>/<slug:address>/", reports.report_act, name="report_act"),
    path(EDITION, reports.proof, name="proof"),
    path(EDITION + "so-lieu/<slug:code>/", reports.proof_rows, name="proof_rows"),
    path(EDITION + "hom-nay/", reports.difference, name="difference"),
    path("tep/<uuid:public_id>/", files.file, name="file"),
    path("bo-doc/", corrections.corrections, name="corrections"),
    path("xu-ly-thay/", covers.covers, name="covers"),
    path("xu-ly-thay/<uuid:public_id>/", covers.desk, name="covered_desk"),
    path("xu-ly-thay/<uuid:public_id>/ket-thuc/", covers.end, name="end_cover"),
    path("thong-bao/", pages.notices, name="notices"),
    path("thong-bao/da-doc/", pages.read_all, name="read_all"),
    path("lich/", calendars.calendar, name="calendar"),
    path("lich/thay-doi/", calendars.change, name="change_calendar"),
    path("lich/gio-lam-viec/", calendars.hours, name="office_hours"),
    path("lich/quy-dinh/", calendars.rules, name="limit_rules"),
    path("lich/cac-lan-thay-doi/", calendars.changes, name="calendar_changes"),
    path("lich/cac-lan-thay-doi/<uuid:public_id>/", calendars.one_change, name="calendar_change"),
    path("lich/cac-lan-thay-doi/<uuid:public_id>/hoan-tac/", calendars.reverse, name="reverse_change"),
    path("thang-nhac-viec/", reminders.ladder, name="ladder"),
    path("thang-nhac-viec/<slug:condition>/<int:step>/", reminders.change, name="change_ladder"),
    path("nhan-nhac-viec/", reminders.wish, name="mail_wish"),
    path("nhan-nhac-viec/luu/", reminders.choose, name="choose_mail"),
    path("hop-thu-di/", reminders.outbox, name="mail_outbox"),
    path("hop-thu-di/gui-lai/", reminders.retry, name="retry_mail"),
    path("ngay-mai-nhac-ai/", reminders.tomorrow, name="tomorrow"),
    path("nhat-ky/", pages.audit, name="audit"),
    path("tim/", search.search, name="search"),
    path("huong-dan/", pages.guide, name="help"),
    path(IMPORT, imports.imports, name="imports"),
    path(IMPORT + "mau.xlsx", imports.template, name="import_template"),
    path(IMPORT + "<uuid:public_id>/", imports.run, name="import_run"),
    path(IMPORT + "<uuid:public_id>/ap-dung/", imports.apply, name="import_apply"),
    path(IMPORT + "<uuid:public_id>/chon-don-vi/", imports.choose, name="import_choose"),
    path(IMPORT + "<uuid:public_id>/hoan-tac/", imports.undo, name="import_undo"),
    path("quan-tri/xuat-du-lieu/", exports.exports, name="exports"),
    path("quan-tri/xuat-du-lieu/<uuid:public_id>.zip", exports.archive, name="export_archive"),
    path("quan-tri/he-thong-ket-noi/", systems.systems, name="systems"),
    path("quan-tri/he-thong-ket-noi/<uuid:public_id>/thu-hoi/", systems.revoke, name="revoke_token"),
    path("quan-tri/to-chuc/tep/", imports.organisation, name="organisation_file"),
    path("quan-tri/tai-khoan/", passwords.accounts, name="accounts"),
    path("quan-tri/tai-khoan/<int:officer>/", passwords.account, name="account"),
    path("quan-tri/tai-khoan/<int:officer>/cap-mat-khau/", passwords.give, name="give_password"),
    path("quan-tri/tai-khoan/<int:officer>/ngung/", passwords.stop, name="stop_account"),
    path("quan-tri/tai-khoan/<int:officer>/dung-lai/", passwords.resume, name="resume_account"),
    path("quan-tri/tai-khoan/<int:officer>/ket-thuc-phien/", passwords.end_sessions, name="end_sessions"),
    path("quan-tri/tai-khoan/<int:officer>/huy-hai-buoc/", passwords.reset_factor, name="reset_factor"),
    path("quan-tri/xac-thuc-hai-buoc/", second_factors.rules, name="factor_rules"),
    path("tai-khoan/mat-khau/", passwords.own, name="own_password"),
    path("tai-khoan/phien/", own_sessions.own, name="own_sessions"),
    path("tai-khoan/phien/cac-phien-khac/ket-thuc/", own_sessions.end_others, name="end_other_sessions"),
    path("tai-khoan/phien/<slug:session>/ket-thuc/", own_sessions.end, name="end_session"),
    path("tai-khoan/hai-buoc/", second_factors.second_factor, name="second_factor"),
    path("tai-khoan/hai-buoc/dang-ky/", second_factors.register, name="register_factor"),
    path("tai-khoan/hai-buoc/ma-du-phong/", second_factors.renew_codes, name="renew_codes"),
    path("tai-khoan/hai-buoc/tat/", second_factors.withdraw, name="withdraw_factor"),
    path("dang-nhap/", accounts.sign_in, name="sign_in"),
    path("dang-nhap/ma/", accounts.sign_in_code, name="sign_in_code"),
    path("dang-xuat/", accounts.sign_out, name="sign_out"),
    path("ngon-ngu/", set_language, name="set_language"),
    path("dong-ho/", pages.clock, name="clock"),
]
