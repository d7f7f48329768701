"""``name=value``, ``name: value``, ``'name': 'value'``, ``('name', 'value')``, ``<name>value</name>`` and header lines."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from ...js.regex import js_regex
from ..names import NameClass, classify_name
from ..secret_value import may_secret
from ..shape import is_opaque
from ..spans import Span
from ..tables import pattern
from .formats import holds_format
from .value_reader import TextValue, ValueReader

_MODULE = "detectors/assignments"
_PART_OF_PAIR = pattern(_MODULE, "PART_OF_PAIR")
_LINE_END = pattern(_MODULE, "LINE_END")
_LETTERS = pattern(_MODULE, "LETTERS")
_LONGEST_NAME = 64
_LONGEST_GAP = 8
#: Nothing longer is taken for a token.
_LONGEST_VALUE = 4096
_SEPARATOR = re.compile("[=:>,]")
_NAME_PARTS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."
_DECOR = " \"'\\]`"
_PAIR_START = js_regex(r"""[[(][bu]?["']$""")
_PAIR_END = js_regex(r"""^["'][\])]""")
_NO_WORD = re.compile("[^A-Za-z_-]")
_PROSE = js_regex(r"^[A-Za-z][a-z]{0,18}[.,]?$")
_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def detect_assignments(text: str, spans: list[Span]) -> None:
    """Finds the values of names that say that a secret stands there."""
    reader = ValueReader(text)
    after = 0
    for match in _SEPARATOR.finditer(text):
        at = match.start()
        if at < after or not _is_separator(text, at):
            continue
        name = _name_before(text, at)
        if name is None or name.role not in ("secret", "hint"):
            continue
        value = reader.after(at + 1)
        if value is not None and _is_secret(text, at, value, name):
            spans.append(Span(value.start, value.end, name.kind))
            after = value.end


def percent_decoded(value: str) -> str:
    """What decodeURIComponent makes of a text; the text itself where it is not encoded so."""
    if "%" not in value or _PERCENT.search(value):
        return value
    try:
        return unquote_to_bytes(value.encode("utf-8", "surrogatepass")).decode("utf-8")
    except UnicodeDecodeError:
        return value


def _is_separator(text: str, at: int) -> bool:
    """``=``, ``:``, the end of a tag, or the comma of a pair in brackets."""
    sign = text[at]
    if sign in "=:":
        return True
    if sign == ">":
        start = _identifier_start(text, at)
        return start > 0 and text[start - 1] == "<"
    if at == 0 or text[at - 1] not in "\"'":
        return False
    start = _identifier_start(text, at - 1)
    return _PAIR_START.search(text[max(0, start - 3) : start]) is not None


def _name_before(text: str, separator: int) -> NameClass | None:
    end = separator
    while end > 0 and separator - end < _LONGEST_GAP and text[end - 1] in _DECOR:
        end -= 1
    start = _identifier_start(text, end)
    own = text[start:end]
    if not _LETTERS.search(own):
        return None
    judged = classify_name(own)
    if judged.role == "secret" or not _PART_OF_PAIR.search(own) or start == 0 or text[start - 1] != " ":
        return judged
    before = text[_identifier_start(text, start - 1) : start - 1]
    return judged if before == "" else classify_name(f"{before} {own}")


def _identifier_start(text: str, end: int) -> int:
    """Where the letters, digits, ``_``, ``-`` and ``.`` before an index begin."""
    head = text[max(0, end - _LONGEST_NAME) : end]
    return end - len(head) + len(head.rstrip(_NAME_PARTS))


def _is_secret(text: str, separator: int, found: TextValue, name: NameClass) -> bool:
    given = text[found.start : found.end]
    value = given if len(given) > _LONGEST_VALUE else _LINE_END.sub("", given)
    if name.role == "hint":
        return (
            len(given) <= _LONGEST_VALUE
            and (is_opaque(percent_decoded(value)) or (value != given and holds_format(value)))
            and may_secret(value)
        )
    if not may_secret(value):
        return False
    sign = text[separator]
    if sign == ",":
        return (
            found.quoted
            and _PAIR_END.search(text[found.end : found.end + 2]) is not None
            and _NO_WORD.search(value) is not None
        )
    prose = not found.quoted and sign == ":" and found.start > separator + 1
    return not (prose and _PROSE.search(value))
