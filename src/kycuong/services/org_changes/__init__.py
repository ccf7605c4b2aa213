"""Changes of the organisation: drafted, previewed, decided, carried out so that no duty is left without a holder."""

from kycuong.services.org_changes.carrying import carry_due, carry_out
from kycuong.services.org_changes.deciding import decide
from kycuong.services.org_changes.drafting import cancel, choose, draft, edit

__all__ = ["cancel", "carry_due", "carry_out", "choose", "decide", "draft", "edit"]
