"""Regular expressions of JavaScript, as the schemas and the tables of the redaction hold them."""

from __future__ import annotations

import re
from functools import lru_cache

_SPACE = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_LINE_END = r"\n\r\u2028\u2029"
#: What Python's re takes for an operator on sets, or will take for one.
_SPECIAL_IN_SET = frozenset("[&|~")


@lru_cache(maxsize=None)
def js_regex(source: str, flags: str = "") -> re.Pattern[str]:
    """
    Compiles the source of a JavaScript expression: classes are ASCII, ``\\s`` is the white space of ECMA-262, ``$`` is the
    end of the text. With ``u`` in the flags the text is to be given as it is, else as ``units`` gives it.
    """
    options = re.ASCII | (re.IGNORECASE if "i" in flags else 0)
    return re.compile("".join(_tokens(source, "m" in flags)), options)


def _tokens(source: str, by_line: bool) -> list[str]:
    out: list[str] = []
    in_set = False
    at = 0
    while at < len(source):
        character = source[at]
        if character == "\\":
            out.append(_escape(source[at + 1], in_set))
            at += 2
            continue
        if in_set:
            in_set = character != "]"
            out.append(f"\\{character}" if character in _SPECIAL_IN_SET else character)
        elif character == "[":
            in_set = True
            head = "[^" if source.startswith("[^", at) else "["
            out.append(head)
            at += len(head)
            continue
        else:
            out.append(_outside(source, at, by_line))
        at += 1
    return out


def _outside(source: str, at: int, by_line: bool) -> str:
    character = source[at]
    if character == ".":
        return f"[^{_LINE_END}]"
    if character == "$":
        return f"(?![^{_LINE_END}])" if by_line else r"\Z"
    if character == "^":
        return f"(?<![^{_LINE_END}])" if by_line else "^"
    if character == "<" and source[at - 2 : at] == "(?" and source[at + 1] not in "=!":
        return "P<"
    return character


def _escape(escaped: str, in_set: bool) -> str:
    if escaped == "s":
        return _SPACE if in_set else f"[{_SPACE}]"
    if escaped == "S":
        # Within a set it stands beside \s alone, where the two are any character.
        return r"\x00-\U0010ffff" if in_set else f"[^{_SPACE}]"
    return escaped if escaped == "/" else f"\\{escaped}"
