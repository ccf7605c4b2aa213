"""Tables out: templates to be filled in, the organisation, the tracker of tasks; as XLSX, or CSV where one table is asked."""

from kycuong.services.workbooks.boards import board_book
from kycuong.services.workbooks.journals import journal
from kycuong.services.workbooks.organisation import organisation, template
from kycuong.services.workbooks.periods import period_book, programmes_book, targets_book
from kycuong.services.workbooks.processes import process_book
from kycuong.services.workbooks.registries import registry, registry_template
from kycuong.services.workbooks.signs import signs_book
from kycuong.services.workbooks.successions import succession
from kycuong.services.workbooks.trackers import document_tracker, register_tracker, unit_tracker
from kycuong.services.workbooks.writing import CSV, XLSX, Workbook

__all__ = [
    "CSV",
    "XLSX",
    "Workbook",
    "board_book",
    "document_tracker",
    "journal",
    "organisation",
    "period_book",
    "process_book",
    "programmes_book",
    "register_tracker",
    "registry",
    "registry_template",
    "signs_book",
    "succession",
    "targets_book",
    "template",
    "unit_tracker",
]  # fmt: skip
