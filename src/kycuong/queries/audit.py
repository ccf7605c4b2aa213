"""The audit page: acts and sign-ins, newest first, for those who may look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kycuong.core.errors import Invalid, NotAllowed
from kycuong.models import AuditEntry
from kycuong.queries import scope

LABELS = {
    "register": "Đăng ký văn bản", "triage": "Phân loại văn bản", "issue": "Ban hành phân công", "give": "Giao việc trực tiếp",
    "link": "Liên kết văn bản",
    "correct_header": "Sửa thông tin văn bản", "set_roles": "Chọn người giao, theo dõi", "sign_in": "Đăng nhập",
    "sign_in_failed": "Đăng nhập không thành công", "sign_out": "Đăng xuất", "load_organisation": "Nạp danh mục tổ chức",
    "load_calendar": "Nạp lịch làm việc", "advance_clock": "Dời đồng hồ chạy thử", "postpone_sweep": "Hoãn một mốc nhắc bị lỗi",
    "annex": "Tải Phụ lục phân công",
    "export_edxml": "Tải văn bản dạng edXML",
    "announce_key": "Công bố khóa niêm phong mới", "export_corrections": "Kết xuất ví dụ cho bộ đọc",
    "read_scan": "Đọc xong bản quét", "erase_secret": "Xóa văn bản mang dấu mật",
    "cancel_scan": "Dừng đọc bản quét", "retry_scan": "Đọc lại bản quét", "type_text": "Nhập tay nội dung bản quét",
    "take_in": "Tiếp nhận lô văn bản",
    "cancel_batch": "Hủy lô tiếp nhận", "retry_batch": "Đọc lại lô tiếp nhận",
    "plan_cover": "Đăng ký xử lý thay", "end_cover": "Kết thúc xử lý thay",
    "import_organisation": "Nhập danh mục tổ chức",
    "import_competence": "Nhập sổ thẩm quyền",
    "export_competence": "Tải sổ thẩm quyền",
    "add_competence": "Thêm thẩm quyền",
    "pass_on_competence": "Ghi phân cấp, ủy quyền",
    "replace_competence": "Thay nội dung thẩm quyền",
    "end_competence": "Kết thúc thẩm quyền",
    "add_matter": "Thêm vấn đề vào sổ thẩm quyền",
    "rename_matter": "Sửa tên vấn đề trong sổ thẩm quyền",
    "export_organisation": "Xuất danh mục tổ chức", "take_over": "Tiếp nhận nhiệm vụ từ hệ thống cũ",
    "undo_take_over": "Hoàn tác tiếp nhận nhiệm vụ", "export_tasks": "Xuất bảng theo dõi nhiệm vụ", "export": "Xuất toàn bộ dữ liệu",
    "ask_export": "Yêu cầu xuất toàn bộ dữ liệu", "download_export": "Tải bản xuất toàn bộ dữ liệu",
    "draft_change": "Soạn thay đổi tổ chức", "edit_change": "Sửa nội dung thay đổi tổ chức",
    "choose_successor": "Chọn đơn vị kế thừa", "decide_change": "Duyệt thay đổi tổ chức",
    "apply_change": "Thực hiện thay đổi tổ chức", "cancel_change": "Hủy thay đổi tổ chức", "export_succession": "Tải danh sách kế thừa",
    "change_days": "Thay đổi lịch làm việc", "change_hours": "Thay đổi giờ làm việc",
    "change_ladder": "Điều chỉnh thang nhắc việc",
    "choose_mail": "Chọn cách nhận thư nhắc việc", "retry_mail": "Gửi lại thư bị lỗi",
    "give_password": "Cấp mật khẩu dùng một lần", "change_password": "Đổi mật khẩu",
    "register_factor": "Bật xác thực hai bước", "withdraw_factor": "Tắt xác thực hai bước",
    "reset_factor": "Hủy xác thực hai bước của người mất điện thoại", "renew_codes": "Tạo mã dự phòng mới",
    "use_recovery_code": "Dùng mã dự phòng", "code_failed": "Nhập sai mã xác thực", "require_factor": "Quy định ai phải xác thực hai bước",
    "export_journal": "Tải nhật ký của mình",
    "link_identity": "Liên kết đăng nhập một lần", "withdraw_identity": "Bỏ liên kết đăng nhập một lần",
    "identity_refused": "Đăng nhập một lần không thành công",
    "end_session": "Kết thúc một phiên đăng nhập", "end_sessions": "Kết thúc các phiên đăng nhập",
    "deactivate": "Ngừng sử dụng tài khoản", "activate": "Cho sử dụng lại tài khoản",
    "change_accountability": "Thay đổi ngưỡng rà soát trách nhiệm", "open_case": "Mở rà soát trách nhiệm người đứng đầu",
    "mark_cause": "Ghi nguyên nhân việc chậm", "agree_case": "Đồng ý trình rà soát trách nhiệm",
    "decide_case": "Ghi kết luận về trách nhiệm", "end_case": "Kết thúc rà soát trách nhiệm", "print_case": "Tải tờ trình rà soát",
    "draft_chase": "Soạn văn bản đôn đốc", "remind_unit": "Nhắc việc", "cancel_chase": "Hủy dự thảo đôn đốc",
    "record_chase": "Gắn văn bản đôn đốc đã ký", "print_chase": "Tải dự thảo văn bản đôn đốc",
    "open_backlog": "Mở cuộc rà soát tồn đọng", "cancel_backlog": "Hủy cuộc rà soát tồn đọng",
    "decide_backlog": "Ghi quyết định rà soát tồn đọng", "undo_backlog": "Hoàn tác quyết định rà soát tồn đọng",
    "describe_backlog": "Sửa thành phần cuộc rà soát", "close_backlog": "Kết thúc cuộc rà soát tồn đọng",
    "record_backlog": "Gắn biên bản rà soát đã ký", "print_backlog": "Tải biên bản, danh mục rà soát tồn đọng",
    "open_voting": "Gửi phiếu lấy ý kiến thành viên", "close_voting": "Kiểm phiếu lấy ý kiến thành viên",
    "cancel_voting": "Thôi lấy phiếu", "sign_tally": "Gắn biên bản kiểm phiếu đã ký", "print_tally": "Tải biên bản kiểm phiếu",
    "print_slip": "In phiếu lấy ý kiến",
    "print_meeting": "In biên bản làm việc về ý kiến khác nhau",
    "ask_opinions": "Lấy ý kiến phối hợp", "change_proposal": "Thay đổi phương án và hỏi lại",
    "make_link": "Cấp liên kết cho cơ quan ngoài hệ thống", "revoke_link": "Thu hồi liên kết",
    "file_by_link": "Tải tài liệu qua liên kết", "draft_by_link": "Tải dự thảo ý kiến qua liên kết",
    "ask_time_by_link": "Xin thêm thời gian qua liên kết", "link_wrong_secret": "Thử sai mã của liên kết",
    "answer_by_link": "Trả lời qua liên kết", "add_outside": "Thêm cơ quan ngoài hệ thống",
    "end_consultation": "Kết thúc lấy ý kiến", "print_opinion": "Tải dự thảo ý kiến",
    "print_silence_notice": "Tải dự thảo thông báo cơ quan không trả lời",
    "notify_silence": "Gắn thông báo cơ quan không trả lời đã ký",
    "add_theme": "Thêm chủ đề", "rename_theme": "Sửa tên chủ đề", "end_theme": "Kết thúc chủ đề",
    "reopen_theme": "Dùng lại chủ đề", "set_themes": "Gắn văn bản vào chủ đề",
    "save_view": "Lưu bảng theo dõi", "drop_view": "Xóa bảng theo dõi đã lưu", "export_board": "Xuất bảng theo dõi theo đơn vị",
    "make_token": "Cấp mã truy cập", "revoke_token": "Thu hồi mã truy cập",
    "open_period": "Mở kỳ đối soát", "agree_period": "Thống nhất số liệu kỳ", "contest_row": "Nêu ý kiến đối soát",
    "decide_contest": "Quyết định ý kiến đối soát", "close_period": "Chốt kỳ",
    "explain_sign": "Giải trình dấu hiệu cần rà soát", "decide_sign": "Xem xét giải trình dấu hiệu cần rà soát",
    "export_signs": "Xuất dấu hiệu cần rà soát",
    "revise_process": "Sửa đổi quy trình của cơ quan", "export_process": "Xuất quy trình của cơ quan",
    "contest_signal": "Nêu ý kiến về dấu hiệu", "answer_signal": "Trả lời ý kiến về dấu hiệu",
    "record_actual": "Ghi số thực hiện chỉ tiêu", "contest_target": "Nêu ý kiến về chỉ tiêu", "drop_target": "Bỏ chỉ tiêu",
    "answer_target": "Trả lời ý kiến về chỉ tiêu", "correct_target": "Sửa chỉ tiêu", "add_target": "Thêm chỉ tiêu",
    "start_programme": "Lập chương trình công tác", "put_line": "Ghi dòng chương trình công tác",
    "accept_lines": "Nhận dòng đề xuất vào chương trình", "drop_lines": "Bỏ dòng chương trình công tác",
    "take_lines": "Đưa dòng vào chương trình từ tệp, văn bản", "submit_programme": "Trình chương trình công tác",
    "return_programme": "Trả lại chương trình công tác", "approve_programme": "Phê duyệt chương trình công tác",
    "subscribe": "Đăng ký nhận sự kiện", "pause_subscription": "Tạm dừng gửi sự kiện", "resume_subscription": "Gửi tiếp sự kiện",
    "end_subscription": "Kết thúc đăng ký nhận sự kiện", "stop_subscription": "Tự dừng gửi sự kiện",
    "renew_secret": "Đổi khóa ký sự kiện", "replay": "Gửi lại sự kiện", "unsubscribe": "Thôi nhận thư nhắc việc",
    "make_feed": "Lập địa chỉ lịch cá nhân", "revoke_feed": "Thu hồi địa chỉ lịch cá nhân",
    "clock_behind": "Đồng hồ máy chủ lùi lại", "change_limit": "Thay đổi quy định thời hạn",
    "add_trust": "Thêm chứng thư tin cậy", "retire_trust": "Thôi tin cậy chứng thư", "check_signature": "Kiểm tra chữ ký số của tệp",
    "send_report": "Gửi báo cáo, chốt số liệu", "issue_report": "Phát hành báo cáo tổng hợp", "receive_report": "Tiếp nhận báo cáo",
    "merge_reports": "Tổng hợp báo cáo", "freeze_report": "Chốt số liệu báo cáo để ký",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the audit page."""

    at: datetime
    actor_name: str
    act: str
    label: str
    subject: str
    data: dict[str, object]
    leaf: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of entries."""

    rows: list[EntryRow]
    next_key: str | None


def entries(who: scope.Actor, *, after: str | None = None, act: str = "", size: int = 50) -> Page:
    """Return a page of the audit table. Raises: NotAllowed, Invalid."""
    if not who.may("audit"):
        raise NotAllowed("page_not_visible")
    rows = AuditEntry.objects.select_related("actor")
    if act:
        rows = rows.filter(act=act)
    if after:
        if not after.isdecimal():
            raise Invalid("kind_unknown", text=after)
        rows = rows.filter(id__lt=int(after))
    found = list(rows.order_by("-id")[: size + 1])
    lines = [
        EntryRow(
            row.at,
            row.actor.full_name if row.actor else "",
            row.act,
            LABELS.get(row.act, row.act),
            f"{row.subject_kind} {row.subject_id}".strip(),
            row.data,
            row.leaf,
        )
        for row in found[:size]
    ]
    return Page(lines, str(found[size - 1].pk) if len(found) > size else None)


def since(after: int, until: int, most: int) -> Iterator[dict[str, object]]:
    """Yield the entries behind one id and up to another, oldest first: codes and ids only, as they were written down."""
    rows = AuditEntry.objects.filter(pk__gt=after, pk__lte=until).order_by("pk").select_related("actor")[:most]
    for row in rows.iterator():
        yield {
            "id": row.pk,
            "at": row.at.isoformat(),
            "recorded_at": row.recorded_at.isoformat(),
            "actor": row.actor.login if row.actor else None,
            "act": row.act,
            "subject_kind": row.subject_kind,
            "subject_id": row.subject_id,
            "data": row.data,
            "leaf": row.leaf,
        }
