"""Points in time, as documents write them."""

from __future__ import annotations

import datetime
import math
import re

from .js.numbers import number_text

_MILLISECONDS_FROM = 1e12
_LATEST_SECOND = 99_999_999_999
_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})\Z", re.ASCII)
_NAIVE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?\Z", re.ASCII)
_NUMERIC = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)
_PARTS = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:?\d\d)\Z", re.ASCII)
_EPOCH_DAY = datetime.date(1970, 1, 1).toordinal()


def epoch_seconds(value: object) -> float | None:
    """Seconds since 1970 from seconds, milliseconds (above 1e12), a digit string or ISO 8601 (UTC where it names no zone)."""
    number = _finite_number(value)
    if number is not None:
        seconds = number / 1000 if number > _MILLISECONDS_FROM else number
        return seconds if 0 <= seconds <= _LATEST_SECOND else None
    if not isinstance(value, str):
        return None
    zoned = value if _ZONED.match(value) else _utc(value) if _NAIVE.match(value) else None
    return None if zoned is None else _parsed(zoned)


def iso_text(seconds: float) -> str:
    """ISO 8601 in UTC with milliseconds, as Date.toISOString() gives it. Raises ValueError or OverflowError beyond year 9999."""
    milliseconds = math.trunc(seconds * 1000)
    days, rest = divmod(milliseconds, 86_400_000)
    day = datetime.date.fromordinal(_EPOCH_DAY + days)
    whole, fraction = divmod(rest, 1000)
    return f"{day.isoformat()}T{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{fraction:03}Z"


def _finite_number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        if not _NUMERIC.match(value):
            return None
        value = float(value)
    return value if isinstance(value, (int, float)) and math.isfinite(value) else None


def _utc(naive: str) -> str:
    return f"{naive}T00:00:00Z" if len(naive) == 10 else f"{naive}Z"


def _parsed(zoned: str) -> float | None:
    match = _PARTS.match(zoned)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    decimals, zone = match[7], match[8]
    # A day up to 31 runs over into the next month, as it does in JavaScript.
    if not (1 <= month <= 12 and 1 <= day <= 31 and minute <= 59 and second <= 59 and hour <= 24):
        return None
    if hour == 24 and (minute, second) != (0, 0):
        return None
    days = _days(year, month) + day - 1
    offset = _offset(zone)
    if offset is None:
        return None
    whole = days * 86_400 + hour * 3600 + minute * 60 + second - offset
    if whole < 0:
        return None
    return whole if decimals is None else float(f"{number_text(whole)}{decimals}")


def _days(year: int, month: int) -> int:
    if year == 0:
        return -(10**9)
    return datetime.date(year, month, 1).toordinal() - _EPOCH_DAY


def _offset(zone: str) -> int | None:
    """Seconds east of UTC."""
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 23 or minutes > 59:
        return None
    return (hours * 3600 + minutes * 60) * (-1 if zone[0] == "-" else 1)
