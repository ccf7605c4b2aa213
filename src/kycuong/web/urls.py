"""Addresses of the pages: Vietnamese words, and the address is the state."""

from django.urls import path
from django.views.i18n import set_language

from kycuong.web import (
    accounts,
    calendars,
    changes,
    corrections,
    coverage,
    documents,
    duties,
    files,
    imports,
    intake,
    pages,
    reminders,
    review,
    search,
    units,
)

DOCUMENT = "van-ban/<uuid:public_id>/"
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
    path("van-ban/", documents.register, name="register"),
    path("van-ban/moi/", documents.upload, name="upload"),
    path("van-ban/moi/mot-dong/", documents.line, name="line"),
    path("tiep-nhan/", intake.batches, name="batches"),
    path("tiep-nhan/<uuid:public_id>/", intake.batch, name="batch"),
    path("tiep-nhan/<uuid:public_id>/huy/", intake.cancel_batch, name="cancel_batch"),
    path("tiep-nhan/<uuid:public_id>/doc-lai/", intake.retry_batch, name="retry_batch"),
    path(DOCUMENT, documents.document, name="document"),
    path(DOCUMENT + "lien-ket/", documents.link, name="link"),
    path(DOCUMENT + "do-bao-phu/", coverage.coverage, name="coverage"),
    path(DOCUMENT + "do-bao-phu/them/", coverage.mend, name="mend_coverage"),
    path(DOCUMENT + "ban-quet/", intake.scan, name="scan"),
    path(DOCUMENT + "ban-quet/dung/", intake.cancel_scan, name="cancel_scan"),
    path(DOCUMENT + "ban-quet/doc-lai/", intake.retry_scan, name="retry_scan"),
    path(DOCUMENT + "phu-luc.docx", files.annex, name="annex"),
    path(REVIEW, review.review, name="review"),
    path(REVIEW + "phan-loai/", review.triage, name="triage"),
    path(REVIEW + "vai-tro/", review.roles, name="roles"),
    path(REVIEW + "dau-van-ban/", review.header, name="header"),
    path(REVIEW + "them/", review.add, name="add_order"),
    path(REVIEW + "hoan-tac/", review.undo, name="undo"),
    path(REVIEW + "ban-hanh/", review.issue, name="issue"),
    path(REVIEW + "nhiem-vu/<uuid:order>/<slug:address>/", review.order_act, name="order_act"),
    path("tep/<uuid:public_id>/", files.file, name="file"),
    path("bo-doc/", corrections.corrections, name="corrections"),
    path("thong-bao/", pages.notices, name="notices"),
    path("thong-bao/da-doc/", pages.read_all, name="read_all"),
    path("lich/", calendars.calendar, name="calendar"),
    path("lich/thay-doi/", calendars.change, name="change_calendar"),
    path("lich/gio-lam-viec/", calendars.hours, name="office_hours"),
    path("lich/cac-lan-thay-doi/", calendars.changes, name="calendar_changes"),
    path("lich/cac-lan-thay-doi/<uuid:public_id>/", calendars.one_change, name="calendar_change"),
    path("lich/cac-lan-thay-doi/<uuid:public_id>/hoan-tac/", calendars.reverse, name="reverse_change"),
    path("thang-nhac-viec/", reminders.ladder, name="ladder"),
    path("thang-nhac-viec/<slug:condition>/<int:step>/", reminders.change, name="change_ladder"),
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
    path("quan-tri/to-chuc/tep/", imports.organisation, name="organisation_file"),
    path("dang-nhap/", accounts.sign_in, name="sign_in"),
    path("dang-xuat/", accounts.sign_out, name="sign_out"),
    path("ngon-ngu/", set_language, name="set_language"),
    path("dong-ho/", pages.clock, name="clock"),
]
