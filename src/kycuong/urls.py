"""Addresses of the product: the web door's own."""

from django.urls import include, path

urlpatterns = [path("", include("kycuong.web.urls"))]
handler400 = "kycuong.web.errors.bad_request"
handler403 = "kycuong.web.errors.not_allowed"
handler404 = "kycuong.web.errors.not_found"
handler500 = "kycuong.web.errors.failure"
