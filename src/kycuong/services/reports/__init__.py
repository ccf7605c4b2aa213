"""Reports: written by a unit, frozen with their proof when they are sent, received, merged up the tree, issued."""

from kycuong.services.reports.collecting import chase, merge, receive
from kycuong.services.reports.drafting import write
from kycuong.services.reports.place import Place
from kycuong.services.reports.printing import print_edition, print_out
from kycuong.services.reports.sending import send, submit

__all__ = ["Place", "chase", "merge", "print_edition", "print_out", "receive", "send", "submit", "write"]
