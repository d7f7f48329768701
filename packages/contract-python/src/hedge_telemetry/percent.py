"""Percentages whose unit is stated."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .finding import Finding, finding, show
from .js.numbers import number_text, parse_number


@dataclass(frozen=True)
class Percentage:
    """A percentage and the unit that it is in."""

    percentage: Literal["percentPoints", "fraction"]
    value: float


def percent_points(value: float) -> Percentage:
    """States that ``value`` is in percent points: ``percent_points(0.13)`` is 0.13 %."""
    return Percentage("percentPoints", value)


def fraction(value: float) -> Percentage:
    """States that ``value`` is a share of one: ``fraction(0.13)`` is 13 %."""
    return Percentage("fraction", value)


def to_percent_points(given: Percentage) -> float | None:
    """A percentage in percent points, not clamped; None where it is not finite."""
    if not math.isfinite(given.value):
        return None
    return given.value if given.percentage == "percentPoints" else _shifted(given.value, 2)


def to_fraction(given: Percentage) -> float | None:
    """A percentage as a share of one, not clamped; None where it is not finite."""
    if not math.isfinite(given.value):
        return None
    return given.value if given.percentage == "fraction" else given.value / 100


def clamped_share(given: Percentage, report: Callable[[Finding], None]) -> float | None:
    """A percentage as a share within [0, 1]; what was outside is reported."""
    if math.isnan(given.value):
        return None
    share = given.value if given.percentage == "fraction" else given.value / 100
    if share == 0:
        return 0
    if 0 < share <= 1:
        return share
    expected = "a percentage from 0 % to 100 %"
    report(finding("percent-clamped", actual=show(given.value), expected=expected))
    return 0 if share < 0 else 1


def _shifted(value: float, places: int) -> float:
    """Shifts the decimal point without binary rounding on the way: 0.07 becomes 7, not 7.000000000000001."""
    digits, _, exponent = number_text(value).partition("e")
    return parse_number(f"{digits}e{int(exponent or '0') + places}")
