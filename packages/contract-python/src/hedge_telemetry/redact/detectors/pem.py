"""Private keys in PEM or PuTTY form."""

from __future__ import annotations

from ...js.text import SPACE
from ..spans import Span
from ..tables import pattern

_BEGIN = "-----BEGIN "
_HEADER = pattern("detectors/pem", "HEADER")
_PUTTY = "Private-Lines:"
_BODY = pattern("detectors/pem", "BODY")


def detect_private_keys(text: str, spans: list[Span]) -> None:
    """Finds the body of each private key, whole or torn, with real or escaped line ends."""
    at = text.find(_BEGIN)
    while at >= 0:
        header = _HEADER.search(text[at : at + 80])
        if header is not None:
            at = _body(text, at + len(header[0]), spans)
        at = text.find(_BEGIN, at + 1)
    at = text.find(_PUTTY)
    while at >= 0:
        at = text.find(_PUTTY, _body(text, at + len(_PUTTY), spans) + 1)


def _body(text: str, start: int, spans: list[Span]) -> int:
    """Takes the characters of a key's body from ``start`` on; gives the index after them."""
    end = start
    while end < len(text) and _BODY.search(text[end]):
        end += 1
    first = start
    while first < end and (text[first] == "\\" or text[first] in SPACE):
        first += 2 if text[first] == "\\" else 1
    if first < end:
        spans.append(Span(first, end, "private-key"))
    return max(end - 1, start)
