"""Secrets that are known by their format alone."""

from __future__ import annotations

import re
from functools import lru_cache

from ..secret_value import is_stand_in
from ..spans import Span
from ..tables import compiled, constant

_FORMATS: list[tuple[str, list[str], dict[str, str]]] = [
    (kind, hints, said) for kind, hints, said in constant("detectors/formats", "FORMATS")
]


@lru_cache(maxsize=1)
def _any_hint() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(hint) for hint in dict.fromkeys(hint for _, hints, _ in _FORMATS for hint in hints)))


def detect_formats(text: str, spans: list[Span]) -> None:
    """Finds every secret that is known by its format."""
    if not _any_hint().search(text):
        return
    for kind, hints, said in _FORMATS:
        if not any(hint in text for hint in hints):
            continue
        for match in compiled(said).finditer(text):
            secret = match[1] if match.re.groups > 0 and match[1] is not None else match[0]
            start = match.start() + match[0].index(secret)
            if secret != "" and not is_stand_in(secret):
                spans.append(Span(start, start + len(secret), kind))


def holds_format(text: str) -> bool:
    """True where a secret of a known format is in a text."""
    found: list[Span] = []
    detect_formats(text, found)
    return len(found) > 0
