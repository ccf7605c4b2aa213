"""Voting slips: put a matter to the members of a Committee, vote, close and count, the tally as a paper."""

from kycuong.services.voting.ballots import write_slip, write_slips
from kycuong.services.voting.rounds import (
    Matter,
    cancel_voting,
    close_due,
    close_voting,
    open_voting,
    sign_tally,
    vote,
)
from kycuong.services.voting.tally import write_tally

__all__ = [
    "Matter", "cancel_voting", "close_due", "close_voting", "open_voting", "sign_tally", "vote", "write_slip", "write_slips",
    "write_tally",
]  # fmt: skip
