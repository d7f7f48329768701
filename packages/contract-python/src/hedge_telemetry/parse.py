"""Parsing of UTF-8 JSON without losing digits."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import NoReturn

from .finding import Finding, finding
from .js.numbers import is_safe_integer
from .js.text import trim

#: Nesting beyond this is refused.
MAX_DEPTH = 64
#: A state document larger than this is refused, in bytes.
MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
#: A ledger line longer than this is refused, in bytes.
MAX_LINE_BYTES = 4 * 1024 * 1024

_MOST_DIGITS = 40
_TOKEN = re.compile(
    r'[ \t\n\r]*(?:(?P<open>[\[{])|(?P<close>[\]}])|(?P<mark>[,:])|(?P<text>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*")'
    r"|(?P<plain>true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?))"
)


@dataclass(frozen=True)
class Parsed:
    """A parsed text, or the finding that says why it could not be parsed."""

    value: object
    finding: Finding | None


def parse_json(data: bytes | str) -> Parsed:
    """
    Parses JSON: an integer beyond ±(2^53 - 1), of up to 40 digits, stays an int; every other number is what a double
    makes of it. What is not UTF-8, not JSON, or nested deeper than MAX_DEPTH gives a finding. Never raises.
    """
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
    except UnicodeDecodeError:
        return _failure("json-encoding", "valid UTF-8", "invalid UTF-8")
    if text.startswith("\ufeff"):
        return _failure("json-encoding", "UTF-8 without a byte order mark", "a byte order mark")
    if trim(text) == "":
        return _failure("json-syntax", "a JSON document", "an empty text")
    try:
        value = json.loads(text, parse_int=_integer, parse_float=_real, parse_constant=_refuse)
    except RecursionError:
        return _too_deep() if _is_json(text) else _failure("json-syntax", "a JSON document", "a text that is none")
    except ValueError as error:
        return _failure("json-syntax", "a JSON document", str(error)[:120])
    return Parsed(value, None) if is_within_depth(value, MAX_DEPTH) else _too_deep()


def is_within_depth(value: object, limit: int) -> bool:
    """True when nothing in plain data is nested deeper than ``limit`` levels."""
    level = [value]
    depth = 0
    while level:
        containers = [each for each in level if isinstance(each, (dict, list))]
        if containers and depth >= limit:
            return False
        level = [child for each in containers for child in (each.values() if isinstance(each, dict) else each)]
        depth += 1
    return True


def _integer(token: str) -> float:
    digits = len(token) - token.startswith("-")
    if digits > _MOST_DIGITS:
        return float(token)
    return int(token)


def _real(token: str) -> float:
    number = float(token)
    whole = math.isfinite(number) and number.is_integer() and is_safe_integer(int(number))
    return int(number) if whole else number


def _refuse(token: str) -> NoReturn:
    raise ValueError(f"Unexpected token {token}")


def _is_json(text: str) -> bool:
    """Whether a text that is nested too deeply for the parser is JSON at all."""
    stack: list[str] = []
    wanted = "value"
    at = 0
    while True:
        match = _TOKEN.match(text, at)
        if match is None:
            return wanted == "end" and text[at:].strip(" \t\n\r") == ""
        at = match.end()
        kind, token = match.lastgroup, match[match.lastgroup or 0]
        if kind == "open" and wanted in ("value", "first"):
            stack.append(token)
            wanted = "first" if token == "[" else "first key"
        elif kind == "close" and stack and stack[-1] + token in ("[]", "{}") and wanted in ("first", "first key", "next"):
            stack.pop()
            wanted = "next" if stack else "end"
        elif kind == "text" and wanted in ("key", "first key"):
            wanted = "colon"
        elif kind in ("text", "plain") and wanted in ("value", "first"):
            wanted = "next" if stack else "end"
        elif token == ":" and wanted == "colon":
            wanted = "value"
        elif token == "," and wanted == "next":
            wanted = "value" if stack[-1] == "[" else "key"
        else:
            return False


def _too_deep() -> Parsed:
    return _failure("json-depth", f"at most {MAX_DEPTH} levels", "more")


def _failure(rule: str, expected: str, actual: str) -> Parsed:
    return Parsed(None, finding(rule, expected=expected, actual=actual))
