"""Numbers as JavaScript writes them."""

from __future__ import annotations

import math

MAX_SAFE_INTEGER = 2**53 - 1
_LONGEST_PLAIN = 21
_SMALLEST_PLAIN = -6


def is_number(value: object) -> bool:
    """True for a finite number of JSON; booleans are none."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def is_safe_integer(value: int) -> bool:
    """True for an integer that a double holds exactly, and no other integer beside it."""
    return -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER


def nearest_double(value: int) -> float:
    """The double nearest to an integer of any size."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def number_text(value: float) -> str:
    """A number as ECMA-262 Number::toString gives it: 1, 1e-7, 1e+21, 0 for -0."""
    if isinstance(value, int):
        return str(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    return ("-" if value < 0 else "") + _positive(value)


def _positive(value: float) -> str:
    digits, point = _decimal(repr(abs(value)))
    count = len(digits)
    if count <= point <= _LONGEST_PLAIN:
        return digits + "0" * (point - count)
    if 0 < point <= _LONGEST_PLAIN:
        return f"{digits[:point]}.{digits[point:]}"
    if _SMALLEST_PLAIN < point <= 0:
        return f"0.{'0' * -point}{digits}"
    exponent = point - 1
    mantissa = digits if count == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{'+' if exponent > 0 else '-'}{abs(exponent)}"


def _decimal(text: str) -> tuple[str, int]:
    """The significant digits of a repr(), and where the decimal point stands before or behind them."""
    mantissa, _, exponent = text.partition("e")
    whole, _, rest = mantissa.partition(".")
    digits = (whole + rest).lstrip("0")
    point = len(whole) + int(exponent or "0") - (len(whole + rest) - len(digits))
    return digits.rstrip("0"), point


def parse_number(text: str) -> float:
    """A decimal text as a double; an integer where that is exact."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) <= MAX_SAFE_INTEGER else number
