"""What a run of token characters looks like."""

from __future__ import annotations

import base64
import re
from functools import lru_cache

from .tables import constant, pattern

_LONGEST = 4096
_LEAST = 16
_HEX_KEYS: frozenset[int] = frozenset(constant("detectors/shape", "HEX_KEYS"))
_UUID = pattern("detectors/shape", "UUID")
_PRINTABLE = pattern("detectors/encoded", "PRINTABLE")
_LONGEST_TEXT = 8192
_TOKEN = re.compile(r"[A-Za-z0-9+/=_-]+\Z")
_LETTER_CLASSES = re.compile(r"[a-z]+|[A-Z]+|[0-9]+|[^a-zA-Z0-9]+")
_OTHER = ("other", 0)


@lru_cache(maxsize=4096)
def shape_of(token: str) -> tuple[str, int]:
    """
    Form and length of a token: ``hex`` and ``HEX`` are of one case; ``mixed`` is random over letters and digits,
    ``base64`` also over ``+/=``, ``single`` over digits and letters of one case.
    """
    length = len(token)
    if length < _LEAST or length > _LONGEST or not _TOKEN.match(token):
        return _OTHER
    if length == 36 and _UUID.search(token):
        return ("uuid", length)
    if re.fullmatch(r"[0-9]+", token):
        return _OTHER
    for form, expression in (("hex", r"[0-9a-f]+"), ("HEX", r"[0-9A-F]+")):
        if re.fullmatch(expression, token):
            return (form, length)
    if re.fullmatch(r"0x[0-9a-fA-F]+", token):
        return ("0xhex", length - 2)
    if re.search(r"[+/=]", token):
        return ("base64", length) if _is_base64(token) else _OTHER
    longest = max(len(part) for part in re.split(r"[_-]+", token))
    if longest < _LEAST and not _is_url_safe(token):
        return _OTHER
    if is_mixed(token):
        return ("mixed", length)
    one_case = re.fullmatch(r"[a-z0-9]+|[A-Z0-9]+", token) is not None
    return ("single", length) if one_case and _changes(token) >= length * 0.2 else _OTHER


def is_mixed(token: str) -> bool:
    """True for letters and digits as a generator of keys gives them: both cases, changing as often as by chance."""
    if not re.search(r"[a-z]", token) or not re.search(r"[A-Z]", token):
        return False
    length = len(token)
    changing = _changes(token)
    if length >= 20 and changing >= length * 0.42:
        return True
    digits = len(re.findall(r"[0-9]", token))
    return digits > 0 and digits >= length * 0.035 and changing >= length * 0.35


def is_rather_mixed(token: str) -> bool:
    """True for letters of both cases that change as a name of several words hardly does."""
    return (
        re.fullmatch(r"[A-Za-z0-9]{16,128}", token) is not None
        and re.search(r"[a-z]", token) is not None
        and re.search(r"[A-Z]", token) is not None
        and _changes(token) >= len(token) * 0.33
    )


def is_opaque(token: str) -> bool:
    """What is taken for a credential where a name or a neighbouring word says that one stands there."""
    form, length = shape_of(token)
    if form in ("mixed", "base64"):
        return True
    least = {"hex": 32, "HEX": 32, "0xhex": 64, "single": 20}.get(form)
    return least is not None and length >= least


def is_unnamed_opaque(token: str) -> bool:
    """What is taken for a credential among the arguments of a call, with no name of its own."""
    form, length = shape_of(token)
    if form == "mixed":
        return re.fullmatch(r"[A-Za-z]{2,8}[_-](?:[a-z0-9]+|[A-Z0-9]+)", token) is None
    if form in ("hex", "HEX"):
        return length in _HEX_KEYS
    return form == "base64" or (form == "single" and length >= 32) or (form == "0xhex" and length == 64)


def is_exchange_key(token: str) -> bool:
    """64 letters and digits at random, the form of Binance's keys, secrets and listen keys."""
    return (
        re.fullmatch(r"[A-Za-z0-9]{64}", token) is not None
        and re.fullmatch(r"[0-9a-fA-F]+", token) is None
        and is_mixed(token)
    )


def from_base64(token: str) -> str:
    """What a token of either alphabet stands for, a character for a byte; what is no base64 is passed over."""
    plain = token.partition("=")[0].replace("-", "+").replace("_", "/")
    whole = plain[: len(plain) - 1] if len(plain) % 4 == 1 else plain
    return base64.b64decode(whole + "=" * (-len(whole) % 4)).decode("latin-1")


def decoded_text(token: str) -> str | None:
    """What a token stands for as base64, where that is readable text."""
    if len(token) < _LEAST or len(token) > _LONGEST_TEXT:
        return None
    decoded = from_base64(token)
    return decoded if _PRINTABLE.search(decoded) else None


def _is_base64(token: str) -> bool:
    body = re.sub(r"={1,2}\Z", "", token)
    if "=" in body or len(body) < 20 or (token.startswith("/") and not re.search(r"[+=]", token)):
        return False
    return (len(token) % 4 == 0 or len(body) % 4 == 0) and is_mixed(body)


def _is_url_safe(token: str) -> bool:
    return len(token) >= 24 and "--" not in token and len(re.split(r"[_-]", token)) <= 1 + len(token) / 10


def _changes(token: str) -> int:
    """How often the class of character (lower, upper, digit, other) changes along a token."""
    return len(_LETTER_CLASSES.findall(token))
