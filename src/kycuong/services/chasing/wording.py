"""What the letters of chasing say, laid out as data and printed as DOCX or PDF; number and day are left to the văn thư."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.core.chasing import Signing, Step
from kycuong.core.duties import STATE_LABELS, State
from kycuong.core.folding import words
from kycuong.core.letters import Block, Column, Letter, Paragraph, Signature, Table
from kycuong.queries import chasing, scope
from kycuong.services import audit, papers

_COLUMNS = (
    Column("TT", 1.2, "center"), Column("Nhiệm vụ", 5.3, "justify"), Column("Văn bản giao", 3.3, "center"),
    Column("Thời hạn", 2.6, "center"), Column("Tình trạng", 2.4, "center"), Column("Đã đôn đốc", 1.7, "center"),
)  # fmt: skip
_ASKED = tuple(
    replace(column, title=title)
    for column, title in zip(
        _COLUMNS, ("TT", "Nội dung đề nghị", "Văn bản", "Thời hạn", "Tình trạng", "Đã đề nghị"), strict=True
    )
)
_CAPACITIES: dict[Signing, tuple[str, ...]] = {
    Signing.OFFICE: ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
    Signing.DEPUTY: ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    Signing.CHAIRMAN: ("CHỦ TỊCH",),
}
#: The names of the files, without marks, so that every mail program and old folder keeps them.
_FILES: dict[Step, str] = {
    Step.REMINDER: "nhac-viec", Step.URGING: "don-doc", Step.CRITICISM: "phe-binh", Step.EXPLANATION: "yeu-cau-giai-trinh",
    Step.ACCOUNTABILITY: "yeu-cau-kiem-diem",
}  # fmt: skip


def write(*, actor: scope.Actor, at: datetime, letter: UUID, form: str = "docx") -> papers.Paper:
    """Print a letter as it stands: duties that have ended since it was drafted are no longer in it.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I. Raises: NotVisible, Invalid.
    """
    page = chasing.letter(actor, letter, at)
    today = local_date(at)
    what = "de-nghi" if page.row.is_request else _FILES[Step(page.row.step)]
    name = "-".join((what, *words(page.row.unit_name).split(), f"{today:%Y-%m-%d}"))
    paper = papers.write(name, [set_out(page, today)], form=form)
    audit.record(
        actor_id=actor.officer_id, at=at, act="print_chase", subject_kind="chase", subject_id=letter, form=form
    )
    return paper


def set_out(page: chasing.LetterPage, today: date) -> Letter:
    """Return the letter as data."""
    step, unit = Step(page.row.step), page.row.unit_name
    place = page.issuer.removeprefix("Ủy ban nhân dân ").removeprefix("tỉnh ").removeprefix("thành phố ")
    return Letter(
        issuer=page.issuer,
        symbol="UBND-TH",
        place=place,
        on=today,
        title=_subject(step, is_request=page.row.is_request, times=page.times),
        addressees=(unit,),
        content=_content(page, step, today),
        signatures=_signature(page),
        recipients=_recipients(page, step),
    )


def _signature(page: chasing.LetterPage) -> tuple[Signature, ...]:
    return (Signature(_CAPACITIES[Signing(page.signing)]),)


def _subject(step: Step, *, is_request: bool, times: int) -> str:
    if is_request:
        return "đề nghị quan tâm chỉ đạo thực hiện các nhiệm vụ phối hợp"
    again = f" (lần {times})" if times > 1 else ""
    return {
        Step.REMINDER: "nhắc việc thực hiện các nhiệm vụ được giao",
        Step.URGING: f"đôn đốc thực hiện các nhiệm vụ được giao{again}",
        Step.CRITICISM: "phê bình việc để chậm các nhiệm vụ được giao",
        Step.EXPLANATION: "yêu cầu giải trình việc để chậm các nhiệm vụ được giao",
        Step.ACCOUNTABILITY: "kiểm điểm trách nhiệm để chậm các nhiệm vụ được giao",
    }[step]


def head_of(page: chasing.LetterPage) -> str:
    """Return how a letter names the head of a unit."""
    unit = page.row.unit_name
    if page.unit_kind == "commune":
        return f"Chủ tịch {unit}"
    return f"Giám đốc {unit}" if unit.startswith(("Sở ", "Công an ")) else f"Thủ trưởng {unit}"


def _content(page: chasing.LetterPage, step: Step, today: date) -> tuple[Block, ...]:
    if page.row.is_request:
        return _request(page, today)
    late = sum(item.row.state is State.OVERDUE for item in page.items)
    near = len(page.items) - late
    counted = " và ".join(
        part for part in (f"{late:02d} nhiệm vụ quá hạn" if late else "", f"{near:02d} nhiệm vụ sắp đến hạn" if near else "")
        if part
    ) or "các nhiệm vụ"  # fmt: skip
    opening = (
        f"Qua theo dõi tình hình thực hiện các nhiệm vụ do Chủ tịch Ủy ban nhân dân tỉnh giao, tính đến ngày {today:%d/%m/%Y}, "
        f"{page.row.unit_name} còn {counted} chưa có báo cáo kết quả, cụ thể như sau:"
    )
    rows = [_line(number, item) for number, item in enumerate(page.items, 1)]
    paragraphs = [Paragraph(text) for text in _demands(page, step)]
    return (Paragraph(opening), Table(_COLUMNS, rows), *_cited(page), *paragraphs)


def _request(page: chasing.LetterPage, today: date) -> tuple[Block, ...]:
    """Return a letter of request: a body that is asked reads what was asked and what is still awaited, no reproach."""
    opening = (
        f"Ủy ban nhân dân tỉnh đã đề nghị {page.row.unit_name} phối hợp thực hiện các nội dung dưới đây. Đến ngày {today:%d/%m/%Y}, "
        f"Ủy ban nhân dân tỉnh chưa nhận được kết quả của {len(page.items):02d} nội dung, cụ thể như sau:"
    )
    rows = [
        (*cells[:4], "Chưa nhận được kết quả", cells[5])
        for cells in (_line(number, item) for number, item in enumerate(page.items, 1))
    ]
    paragraphs = [Paragraph(text) for text in _demands(page, Step(page.row.step))]
    return (Paragraph(opening), Table(_ASKED, rows), *_cited(page), *paragraphs)


def _line(number: int, item: chasing.ItemRow) -> tuple[str, ...]:
    row = item.row
    letters = [one for one in item.taken if one.step is not Step.REMINDER]
    where = f"{row.document_code}, điểm {row.path}" if row.path else row.document_code
    state = STATE_LABELS[row.state]
    if row.state is State.OVERDUE and row.days:
        state = f"Quá hạn {row.days} ngày làm việc"
    last = f"{row.last_date:%d/%m/%Y}" if row.last_date else ""
    return (str(number), row.title, where, last, state, f"{len(letters):02d} lần" if letters else "chưa")


def _cited(page: chasing.LetterPage) -> list[Paragraph]:
    """Return the sentence that cites the letters already sent about these duties."""
    if not page.former:
        return []
    what = "nội dung" if page.row.is_request else "nhiệm vụ"
    named = "; ".join(f"số {code} ngày {on:%d/%m/%Y}" for code, on in page.former)
    return [Paragraph(f"Về các {what} nêu trên, Ủy ban nhân dân tỉnh đã có văn bản {named}.")]


def _demands(page: chasing.LetterPage, step: Step) -> list[str]:
    until = f" chậm nhất ngày {page.row.reply_on:%d/%m/%Y}" if page.row.reply_on else ""
    head, unit = head_of(page), page.row.unit_name
    if page.row.is_request:
        return [
            f"Ủy ban nhân dân tỉnh trân trọng đề nghị {unit} quan tâm, chỉ đạo thực hiện các nội dung nêu trên và thông tin "
            f"kết quả đến Ủy ban nhân dân tỉnh (qua Văn phòng Ủy ban nhân dân tỉnh){until} để tổng hợp.",
            f"Ủy ban nhân dân tỉnh trân trọng cảm ơn sự phối hợp của {unit}./.",
        ]
    report = "về Ủy ban nhân dân tỉnh (qua Văn phòng Ủy ban nhân dân tỉnh)"
    urge = (
        f"Chủ tịch Ủy ban nhân dân tỉnh yêu cầu {head} tập trung chỉ đạo thực hiện, gửi văn bản báo cáo kết quả {report}{until}; "
        "trường hợp có khó khăn, vướng mắc, báo cáo rõ nguyên nhân, đề xuất giải pháp và thời gian hoàn thành từng nhiệm vụ./."
    )
    return {
        Step.REMINDER: [urge],
        Step.URGING: [urge],
        Step.CRITICISM: [
            f"Chủ tịch Ủy ban nhân dân tỉnh phê bình {head} trong việc để chậm các nhiệm vụ nêu trên.",
            f"Yêu cầu {head} nghiêm túc rút kinh nghiệm, chỉ đạo hoàn thành dứt điểm và báo cáo kết quả {report}{until}./.",
        ],
        Step.EXPLANATION: [
            f"Chủ tịch Ủy ban nhân dân tỉnh yêu cầu {head} giải trình bằng văn bản về nguyên nhân khách quan, chủ quan, trách "
            f"nhiệm của tập thể, cá nhân có liên quan đối với từng nhiệm vụ, biện pháp khắc phục, gửi {report}{until}./.",
        ],
        Step.ACCOUNTABILITY: [
            f"Chủ tịch Ủy ban nhân dân tỉnh yêu cầu {head} tổ chức kiểm điểm trách nhiệm của tập thể, cá nhân có liên quan trong "
            f"việc để chậm các nhiệm vụ nêu trên, báo cáo kết quả kiểm điểm {report}, đồng gửi Sở Nội vụ{until}./.",
        ],
    }[step]


def _recipients(page: chasing.LetterPage, step: Step) -> tuple[str, ...]:
    home = ("Sở Nội vụ (để theo dõi)",) if step.rank >= Step.CRITICISM.rank else ()
    return ("Như trên", "Chủ tịch, các Phó Chủ tịch UBND tỉnh (để b/c)", *home, "Lưu: VT, TH")
