"""Webhooks: subscriptions to events, what is read behind the watermark for them, messages out, replays."""

from kycuong.services.hooks.gathering import forget, gather
from kycuong.services.hooks.posting import Answer, Poster
from kycuong.services.hooks.sending import Sent, send
from kycuong.services.hooks.subscribing import Made, end, pause, renew, replay, resume, secret_of, subscribe

__all__ = [
    "Answer",
    "Made",
    "Poster",
    "Sent",
    "end",
    "forget",
    "gather",
    "pause",
    "renew",
    "replay",
    "resume",
    "secret_of",
    "send",
    "subscribe",
]  # fmt: skip
