"""The papers of a consultation: the draft of an opinion, the written notice to a silent body, and its signed return."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core.calendars import local_date
from kycuong.core.consultations import POSITION_LABELS, Said
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.letters import Column, Letter, Paragraph, Signature, Table
from kycuong.models import SilenceNotice
from kycuong.queries import consultations as queries
from kycuong.queries import scope
from kycuong.queries.consultations import OpinionPage
from kycuong.queries.consultations.links import LinkPage
from kycuong.services import audit, papers, watermark
from kycuong.services.tasks.papers import Signed, keep_file, take_back

_POINTS = (Column("Điểm", 1.6, "center"), Column("Nội dung", 7.6, "justify"), Column("Chính kiến", 7.2, "justify"))


def write_opinion(
    *, actor: scope.Actor, at: datetime, duty: UUID, said: Mapping[int, Said], form: str = "docx"
) -> papers.Paper:
    """Print the draft of an opinion from the positions typed so far; only the signed letter that comes back counts.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I. Raises: NotVisible, Invalid.
    """
    page = queries.opinion_page(actor, duty, at)
    if page.sealed:
        raise Invalid("opinion_before_delivery")
    paper = print_opinion(page, said, form, at)
    audit.record(actor_id=actor.officer_id, at=at, act="print_opinion", subject_kind="duty", subject_id=duty, form=form)
    return paper


def print_opinion(page: OpinionPage | LinkPage, said: Mapping[int, Said], form: str, at: datetime) -> papers.Paper:
    """Return the draft of an opinion with the positions typed so far, for whoever may see the question."""
    rows = []
    for point in page.points:
        one = said.get(point.number)
        position = f"{POSITION_LABELS[one.position]}. {one.words}".strip() if one else ""
        rows.append((str(point.number), point.words, position))
    content = (
        Paragraph(f"{page.unit_name} nhận được văn bản lấy ý kiến của {page.lead_name} về {page.title}. "
                  f"Sau khi nghiên cứu, {page.unit_name} có ý kiến đối với từng điểm như sau:"),
        Table(_POINTS, rows),
        Paragraph(f"Trên đây là ý kiến của {page.unit_name}, gửi {page.lead_name} để tổng hợp./."),
    )  # fmt: skip
    letter = _letter(
        page.unit_name, page.unit_symbol, f"ý kiến về {page.title}", page.lead_name, content, at, _signing(page, at)
    )
    return papers.write(f"y-kien-{local_date(at):%Y-%m-%d}", [letter], form=form)


def write_notice(*, actor: scope.Actor, at: datetime, duty: UUID, form: str = "docx") -> papers.Paper:
    """Print the notice to a body that was silent: what it was asked, until when, and what its silence came to.

    Basis: 2230/UBND-NC item 2.2; NĐ 30/2020/NĐ-CP, Phụ lục I. Raises: NotVisible, NotAllowed, Invalid.
    """
    page = queries.opinion_page(actor, duty, at)
    row = queries.silent(actor, duty)
    assert page.delivered_on is not None
    assert page.last_on is not None
    content = (
        Paragraph(
            f"Ngày {page.asked_on:%d/%m/%Y}, {page.lead_name} có văn bản lấy ý kiến {page.unit_name} về {page.title}; "
            f"{page.unit_name} nhận văn bản ngày {page.delivered_on:%d/%m/%Y}, thời hạn trả lời đến hết ngày "
            f"{page.last_on:%d/%m/%Y} ({page.days:02d} ngày làm việc)."
        ),
        Paragraph(
            f"Đến hết thời hạn nêu trên, {page.lead_name} chưa nhận được ý kiến của {page.unit_name}. Căn cứ {_rule(page)}, "
            f"{page.unit_name} được coi là đồng ý với nội dung, đề xuất của {page.lead_name} tại phương án (bản thứ {page.version}, "
            f"mã {page.digest[:16]}) gồm các điểm sau:"
        ),
        *(Paragraph(f"{point.number}. {point.words}") for point in page.points),
        Paragraph(
            f"{page.lead_name} tiếp tục thực hiện theo quy định. {page.unit_name}"
            + (f", người đứng đầu là đồng chí {row.liable.full_name}," if row.liable else "")
            + f" chịu trách nhiệm về việc không trả lời. {page.lead_name} thông báo để {page.unit_name} biết./."
        ),
    )  # fmt: skip
    subject = f"thông báo việc không trả lời lấy ý kiến về {page.title}"
    letter = _letter(
        page.lead_name,
        page.lead_symbol,
        subject,
        page.unit_name,
        content,
        at,
        queries.signature(page.lead_key, local_date(at)),
    )
    return _print(f"thong-bao-{local_date(at):%Y-%m-%d}", letter, form, actor, at, "print_silence_notice", duty)


def _rule(page: queries.OpinionPage) -> str:
    """Return the document of the rule, or the place where it is to be written while the authority has not confirmed one.

    A default of the product is no basis for an official paper.
    """
    return (
        page.rule_document
        if page.rule_verified
        else "[ghi số, ngày, điều khoản quy chế phối hợp của cơ quan có thẩm quyền]"
    )


def _signing(page: OpinionPage | LinkPage, at: datetime) -> Signature:
    """Return who signs the opinion: the head of the body asked; of one outside nothing is known."""
    return queries.signature(page.unit_key if isinstance(page, OpinionPage) else None, local_date(at))


def _letter(
    issuer: str, symbol: str, title: str, to: str, content: tuple[object, ...], at: datetime, signature: Signature
) -> Letter:
    return Letter(
        issuer=issuer, above=queries.above(issuer), symbol=symbol, place=queries.place(), on=local_date(at), title=title, addressees=(to,),
        content=content,  # type: ignore[arg-type]
        signatures=(signature,), recipients=("Như trên", "Lưu: VT"),
    )  # fmt: skip


def _print(
    name: str, letter: Letter, form: str, actor: scope.Actor, at: datetime, act: str, duty: UUID
) -> papers.Paper:
    paper = papers.write(name, [letter], form=form)
    audit.record(actor_id=actor.officer_id, at=at, act=act, subject_kind="duty", subject_id=duty, form=form)
    return paper


def record_notice(
    *, actor: scope.Actor, at: datetime, duty: UUID, file: tuple[str, bytes] | None, typed: Signed = Signed()
) -> None:
    """Take the signed and numbered notice back: from now on the lead may go on as far as this body is concerned.

    Raises: NotVisible, NotAllowed, Conflict, Invalid, Secret.
    """
    with transaction.atomic():
        watermark.hold()  # before the row, as whoever changes the proposal takes them
        row = queries.silent(actor, duty, lock=True)
        if SilenceNotice.objects.filter(opinion=row).exists():
            raise Conflict("opinion_notice_known")
        said = take_back(file, typed, at, no_file="opinion_letter_missing")
        if not said.signer:  # the product's own draft comes back as it was printed
            raise Invalid("opinion_notice_unsigned")
        try:
            with transaction.atomic():
                notice = SilenceNotice.objects.create(
                    opinion=row, number=said.number, symbol=said.symbol, signed_on=said.signed_on, signer=said.signer,
                    file=keep_file(actor, at, said.paper), officer_id=actor.officer_id, at=at,
                )  # fmt: skip
        except IntegrityError as error:
            if SilenceNotice.objects.filter(opinion=row).exists():
                raise Conflict("opinion_notice_known") from error
            raise Invalid("opinion_number_known", number=said.code, date=f"{said.signed_on:%d/%m/%Y}") from error
        audit.record(
            actor_id=actor.officer_id, at=at, act="notify_silence", subject_kind="duty", subject_id=duty,
            number=said.code, file=notice.file.sha256,
        )  # fmt: skip
