"""Base64 that holds readable text with a secret in it."""

from __future__ import annotations

from ...js.text import trim
from ..shape import decoded_text, is_exchange_key
from ..spans import Span
from ..tables import pattern
from .assignments import detect_assignments
from .formats import detect_formats
from .mnemonic import detect_mnemonics
from .pem import detect_private_keys
from .urls import detect_url_passwords

_RUN = pattern("detectors/encoded", "RUN")
_SHORTEST = 24


def detect_encoded(text: str, spans: list[Span]) -> None:
    """Images, hashes and numbers decode to no text and pass."""
    if len(text) < _SHORTEST:
        return
    for match in _RUN.finditer(text):
        decoded = decoded_text(match[0])
        if decoded is not None and _holds_secret(decoded):
            spans.append(Span(match.start(), match.end(), "encoded-secret"))


def _holds_secret(text: str) -> bool:
    if is_exchange_key(trim(text)):
        return True
    found: list[Span] = []
    for detect in (
        detect_formats,
        detect_private_keys,
        detect_assignments,
        detect_url_passwords,
        detect_mnemonics,
    ):
        detect(text, found)
    return len(found) > 0
