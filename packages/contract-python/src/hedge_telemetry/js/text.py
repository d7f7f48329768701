"""Texts as JavaScript sees them: sequences of UTF-16 units."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

SPACE = "\t\n\x0b\x0c\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z", re.ASCII)
_LAST_INDEX = 2**32 - 2
_encode = json.JSONEncoder(ensure_ascii=False).encode

Value = TypeVar("Value")


def units(text: str) -> str:
    """The text with each character beyond U+FFFF as its two surrogates, so that indices are those of JavaScript."""
    if text.isascii() or _ASTRAL.search(text) is None:
        return text
    return _ASTRAL.sub(_pair, text)


def joined(text: str) -> str:
    """The text with each pair of surrogates as the character that it stands for; lone ones are kept."""
    if text.isascii() or _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def holds_surrogate(text: str) -> bool:
    """True where the text holds a surrogate that is no part of a pair; pairs must be joined."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def well_formed(text: str) -> str:
    """The text with each lone surrogate replaced by U+FFFD."""
    return _SURROGATE.sub("\ufffd", joined(text))


def trim(text: str) -> str:
    """The text without the white space of ECMA-262 on both sides."""
    return text.strip(SPACE)


def quote(text: str) -> str:
    """A text as JSON.stringify writes it: lone surrogates are escaped, all else beyond ASCII stands as it is."""
    quoted = _encode(text)
    return _SURROGATE.sub(_escaped, quoted) if holds_surrogate(quoted) else quoted


def in_order(value: Mapping[str, Value]) -> Iterable[tuple[str, Value]]:
    """The entries of an object in JavaScript's order: keys that are indices first, ascending."""
    if not any(key[:1].isdigit() for key in value):
        return value.items()
    indices = sorted((key for key in value if is_index(key)), key=int)
    return [*((key, value[key]) for key in indices), *((key, each) for key, each in value.items() if not is_index(key))]


def is_index(key: str) -> bool:
    """True for a key that JavaScript takes for the index of an array."""
    return _INDEX.match(key) is not None and int(key) <= _LAST_INDEX


def _pair(match: re.Match[str]) -> str:
    code = ord(match[0]) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
