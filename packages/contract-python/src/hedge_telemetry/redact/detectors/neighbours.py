"""Tokens that only their surroundings give away: ``invalid credential <token>``, ``key b64 <token>``."""

from __future__ import annotations

import re

from ...js.regex import js_regex
from ..shape import decoded_text, is_exchange_key, is_opaque, is_rather_mixed, shape_of
from ..spans import Span
from ..tables import words

_MODULE = "detectors/neighbours"
_CREDENTIAL = words(_MODULE, "CREDENTIAL")
#: Beside these an UUID is a credential too, and letters that are less at random.
_SURE = words(_MODULE, "SURE")
_OTHERWISE = words(_MODULE, "OTHERWISE")
_BEFORE = 64
_AFTER = 40
_NEAREST = 4
_RUN = re.compile("[A-Za-z0-9/_+-]{16,}")
_PADDING = re.compile("={1,2}(?![A-Za-z0-9=])")
_SAID_AFTER = js_regex(r"""^["']?[:,]? (?:is|was|as|rejected|not|invalid)\b[^.;\n]{0,32}""")


def detect_neighbours(text: str, identifier: bool, spans: list[Span]) -> None:
    """The nearest telling word decides; 64 random letters and digits need none, except under the name of an identifier."""
    for match in _RUN.finditer(text):
        _run(text, match.start(), match.end(), identifier, spans)


def _run(text: str, start: int, end: int, identifier: bool, spans: list[Span]) -> None:
    match = _PADDING.match(text[end : end + 4])
    padding = 0 if match is None else len(match[0])
    whole = text[start : end + padding]
    if "/" not in whole or shape_of(whole)[0] == "base64":
        _token(text, start, whole, identifier, spans)
        return
    binary = padding > 0 or "+" in whole
    at = start
    for part in text[start:end].split("/"):
        if len(part) >= 16:
            _token(text, at, part, identifier or binary, spans)
        at += len(part) + 1


def _token(text: str, start: int, value: str, identifier: bool, spans: list[Span]) -> None:
    end = start + len(value)
    if not identifier and is_exchange_key(value) and decoded_text(value) is None:
        spans.append(Span(start, end, "exchange-key"))
        return
    beside = shape_of(value)[0] == "uuid" or is_rather_mixed(value)
    if not is_opaque(value) and not beside and decoded_text(value) is None:
        return
    word = _telling_word(text, start, end)
    if word in _CREDENTIAL and (word in _SURE or not beside or is_opaque(value)):
        spans.append(Span(start, end, "opaque-token"))


def _telling_word(text: str, start: int, end: int) -> str | None:
    """The nearest of the four words before the token, or of what is said of it after, that tells what it is."""
    for word in reversed(_words(text[max(0, start - _BEFORE) : start])[-_NEAREST:]):
        if word in _CREDENTIAL or word in _OTHERWISE:
            return word
    after = _SAID_AFTER.search(text[end : end + _AFTER])
    said = [] if after is None else _words(after[0])
    return next((word for word in said if word in _CREDENTIAL or word in _OTHERWISE), None)


def _words(text: str) -> list[str]:
    spaced = re.sub("([a-z])([A-Z])", r"\1 \2", text).lower()
    return [word for word in re.split("[^a-z0-9]+", spaced) if word]
