"""A text as a reader would decode it, and where each of its characters stands in the original."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..js.text import units

_PERCENT = re.compile("%[0-9A-Fa-f]{2}")
_ESCAPE = re.compile(r"""\\[\\/"'nrtbfaux0]""")
_PERCENT_RUN = re.compile("(?:%[0-9A-Fa-f]{2}){1,4}")
_HEX_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))")
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "0": "\0", '"': '"', "'": "'", "/": "/", "\\": "\\"}

#: What a sign and what follows it stand for, and how long that is; None where the sign stands for itself.
Decode = Callable[[str, int], "tuple[str, int] | None"]


@dataclass(frozen=True, eq=False)
class View:
    """A decoded text; ``offsets`` has one more than the text has characters, and is None where both are the same."""

    text: str
    offsets: list[int] | None

    def original(self, index: int) -> int:
        """The place in the original of a place in the view."""
        return index if self.offsets is None else self.offsets[index]


def views_of(text: str) -> list[View]:
    """The text itself, with escapes resolved once and twice, each percent-decoded, and percent-decoded before that."""
    whole = View(text, None)
    once = _unescaped(whole)
    twice = once if once is whole else _unescaped(once)
    if "%" not in text:
        return _distinct([whole, once, twice])
    plain = _percent_decoded(whole)
    further = [_percent_decoded(once), _percent_decoded(twice), _percent_decoded(plain), _unescaped(plain)]
    return _distinct([whole, once, twice, plain, *further])


def _distinct(views: list[View]) -> list[View]:
    return list({id(view): view for view in views}.values())


def _percent_decoded(view: View) -> View:
    return _decoded(view, "%", _percent) if _PERCENT.search(view.text) else view


def _unescaped(view: View) -> View:
    return _decoded(view, "\\", _escape) if _ESCAPE.search(view.text) else view


def _percent(text: str, at: int) -> tuple[str, int] | None:
    run = _PERCENT_RUN.match(text[at : at + 12])
    if run is None:
        return None
    data = bytes.fromhex(run[0].replace("%", ""))
    length = _sequence_length(data[0])
    if data[0] >= 128 and length <= len(data):
        try:
            return units(data[:length].decode("utf-8")), length * 3
        except UnicodeDecodeError:
            pass
    return chr(data[0]), 3


def _escape(text: str, at: int) -> tuple[str, int] | None:
    simple = _SIMPLE.get(text[at + 1 : at + 2])
    if simple is not None:
        return simple, 2
    match = _HEX_ESCAPE.match(text[at : at + 6])
    return None if match is None else (chr(int(match[1] or match[2], 16)), len(match[0]))


def _sequence_length(first: int) -> int:
    """How many bytes a UTF-8 sequence has, by its first."""
    if first < 0xC0:
        return 1
    return 2 if first < 0xE0 else 3 if first < 0xF0 else 4


def _decoded(view: View, sign: str, decode: Decode) -> View:
    text = view.text
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    while at < len(text):
        found = text.find(sign, at)
        plain = len(text) if found < 0 else found
        offsets += range(at, plain) if view.offsets is None else view.offsets[at:plain]
        parts.append(text[at:plain])
        if plain == len(text):
            break
        part, length = decode(text, plain) or (sign, 1)
        offsets += [view.original(plain)] * len(part)
        parts.append(part)
        at = plain + length
    return View("".join(parts), [*offsets, view.original(len(text))])
