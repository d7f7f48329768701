"""Values that a text gives to names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...js.regex import js_regex
from ..shape import is_opaque
from ..tables import pattern

_MODULE = "detectors/value-reader"
_SCHEME = pattern(_MODULE, "SCHEME")
_NEXT_PAIR = pattern(_MODULE, "NEXT_PAIR")
_NEXT_PARAMETER = pattern(_MODULE, "NEXT_PARAMETER")
_LONGEST_GAP = 8
_LONG_TAIL = 16
_SHORTEST_LINE = 24
_BARE = ""
_LEAD = " \t=>[("
_QUOTES = "\"'\\`"
_BYTES = js_regex(r"""^b\\?["']""")
_STOP = re.compile("[\x00-\x20\"'`<>&,;]")
_LINE = re.compile(r"\r?\n")
_NEXT_LINE = js_regex(r"""^\r?\n([A-Za-z0-9+/_.-]{2,4096}={0,2})(?![^\s"'])""")
_WHOLE_TAIL = js_regex(r"\d|[a-z][A-Z]|^[0-9a-f]+$")
_TOKEN_LINE = js_regex(r"^[\w.:+/-]+$")


@dataclass(frozen=True)
class TextValue:
    """Where a value stands in a text, and whether it is in quotes."""

    start: int
    end: int
    quoted: bool


class ValueReader:
    """Reads the values behind separators. Where one ends is remembered, so that each character is looked at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stops: dict[str, int] = {}

    def after(self, start: int) -> TextValue | None:
        """The value that begins at an index, behind what may stand before it."""
        text = self._text
        start = _skipped(text, start, _LEAD)
        if text.startswith("//", start):
            return None
        if _BYTES.search(text[start : start + 3]):
            start += 1
        opened = _skipped(text, start, _QUOTES)
        quote = next((each for each in reversed(text[start:opened]) if each != "\\"), _BARE)
        start = opened
        scheme = _SCHEME.search(text[start : start + 16])
        if scheme is not None:
            start += len(scheme[0])
        end = _trimmed(text, start, self._stop(start, quote), quote)
        if end <= start:
            return None
        return TextValue(start, _wrapped(text, start, end) if quote == _BARE else end, quote != _BARE)

    def _stop(self, start: int, quote: str) -> int:
        known = self._stops.get(quote, -1)
        if known >= start:
            return known
        stop = _bare_stop(self._text, start) if quote == _BARE else self._text.find(quote, start)
        self._stops[quote] = len(self._text) if stop < 0 else stop
        return self._stops[quote]


def _skipped(text: str, start: int, characters: str) -> int:
    end = start
    while end < len(text) and end - start < _LONGEST_GAP and text[end] in characters:
        end += 1
    return end


def _bare_stop(text: str, start: int) -> int:
    """A bare value ends at white space, a quote, ``<``, ``>``, ``&`` before a parameter, a comma or semicolon before a pair."""
    for match in _STOP.finditer(text, start):
        at, character = match.start(), match[0]
        if character == "&":
            if _NEXT_PARAMETER.search(text[at : at + 72]):
                return at
        elif character in ",;":
            if _NEXT_PAIR.search(text[at : at + 48]):
                return at
        else:
            return at
    return len(text)


def _trimmed(text: str, start: int, stop: int, quote: str) -> int:
    """Without the backslashes that escape a closing quote, and without brackets and commas after a bare value."""
    tail = ",;)]}\\" if quote == _BARE else "\\"
    end = stop
    while end > start and text[end - 1] in tail:
        end -= 1
    return end


def _wrapped(text: str, start: int, end: int) -> int:
    """A token that is wrapped goes on in the next line, which may be short where it stands alone."""
    if not _LINE.match(text[end : end + 2]) or not _is_half_token(text[start:end]):
        return end
    rest = _NEXT_LINE.search(text[end : end + 4100])
    if rest is None:
        return end
    whole = len(rest[1]) >= _LONG_TAIL or _WHOLE_TAIL.search(rest[1]) is not None
    return end + len(rest[0]) if whole else end


def _is_half_token(text: str) -> bool:
    """True for what may be the first line of a token."""
    if is_opaque(text):
        return True
    return (
        len(text) >= _SHORTEST_LINE
        and _TOKEN_LINE.search(text) is not None
        and re.search("[0-9]", text) is not None
        and re.search("[A-Za-z]", text) is not None
    )
