"""Credentials in header values, in command lines and in sentences such as ``password is …``."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...js.regex import js_regex
from ..names import classify_name
from ..secret_value import is_stand_in, may_secret
from ..shape import from_base64, is_opaque
from ..spans import Span
from ..tables import pattern

_MODULE = "detectors/spoken-credentials"
_BASIC, _BEARER, _SPOKEN, _ENCODED, _NAMED, _FLAG, _USER = (
    pattern(_MODULE, name) for name in ("BASIC", "BEARER", "SPOKEN", "ENCODED", "NAMED", "FLAG", "USER")
)
_TAIL = js_regex(r"[.,;:)\]}]+$|={1,2}$")
_NUMBERED = js_regex(r"^\d+\w{0,2}$")


def detect_spoken_credentials(text: str, spans: list[Span]) -> None:
    """Finds credentials that are spoken of."""
    _each(text, _BASIC, _is_basic, "authorization", spans)
    _each(text, _BEARER, lambda value: bool(re.search("[0-9]", value)) and not is_stand_in(value), "authorization", spans)
    lowered = text.lower()
    if "b64" in lowered or "base64" in lowered:
        _each(text, _ENCODED, _is_text, "password", spans)
    if "pass" in lowered or "pwd" in lowered:
        _each(text, _SPOKEN, _is_spoken_password, "password", spans)
    if "credential" in lowered or "secret" in lowered:
        _each(text, _NAMED, _is_spoken_password, "password", spans)
    if "-" not in text:
        return
    _each(text, _USER, may_secret, "password", spans)
    for match in _FLAG.finditer(text):
        value = match[2]
        name = classify_name(match[1])
        if (name.role == "secret" or (name.role == "hint" and is_opaque(value))) and may_secret(value):
            spans.append(Span(match.end() - len(value), match.end(), name.kind))


def _each(
    text: str, expression: re.Pattern[str], accept: Callable[[str], bool], kind: str, spans: list[Span]
) -> None:
    for match in expression.finditer(text):
        value = match[match.re.groups]
        if accept(value):
            spans.append(Span(match.end() - len(value), match.end(), kind))


def _is_basic(value: str) -> bool:
    return re.fullmatch(r"[\x20-\x7e]*:[\x20-\x7e]*", from_base64(value)) is not None


def _is_text(value: str) -> bool:
    return re.fullmatch(r"[\x20-\x7e]+", from_base64(value)) is not None


def _is_spoken_password(value: str) -> bool:
    """In a sentence a password is told from a word by a digit or a sign inside it."""
    word = _TAIL.sub("", value)
    return (
        may_secret(word)
        and re.search(r"[=:(\[]", word) is None
        and re.search("[A-Za-z]", word) is not None
        and re.search(r"[0-9!@#$%^&*?]", word) is not None
        and _NUMBERED.search(word) is None
    )
