"""The age of a document, from its own timestamp."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Literal

from .finding import Finding, finding, show
from .instants import epoch_seconds
from .js.numbers import number_text
from .pointer import value_at, values_at
from .registry import Entry

#: Clocks of one machine may disagree by this much before a timestamp counts as lying in the future, in seconds.
_CLOCK_TOLERANCE_S = 1


@dataclass(frozen=True)
class Judged:
    """How old a document is, in seconds, what that makes of it, and the finding that explains it."""

    state: Literal["fresh", "stale", "skewed"]
    age_s: float | None
    finding: Finding | None


def document_time(entry: Entry, document: object) -> float | None:
    """The time that a canonical document gives itself, in seconds since 1970; the newest of several counts."""
    times = [epoch_seconds(value) for value in values_at(document, entry["age"]["pointer"])]
    return max((each for each in times if each is not None), default=None)


def companion_time(source: dict[str, str], document: object, companion: object) -> float | None:
    """
    The time that a companion document gives to one without any. None unless it holds the same rows: another loop's
    timestamp must not make an old document look fresh.
    """
    if companion is None or not _is_same_rows(document, value_at(companion, source["rows"])):
        return None
    time = value_at(companion, source["pointer"])
    return time if isinstance(time, (int, float)) and not isinstance(time, bool) else None


def judge_age(entry: Entry, document: object, time: float | None, now: float) -> Judged:
    """Judges a document by its own timestamp against the reader's clock; the age of its content counts on top."""
    surface, pointer = entry["name"], entry["age"]["pointer"]
    if time is None:
        unknown = finding("age-unknown", surface=surface, pointer=pointer, expected="a timestamp")
        return Judged("stale", None, unknown)
    age = now - time
    if age < -_CLOCK_TOLERANCE_S:
        said = finding(
            "timestamp-future", surface=surface, pointer=pointer, expected=f"at most {show(now)}", actual=show(time)
        )
        return Judged("skewed", age, said)
    limit = entry["staleAfterSeconds"]
    content = _content_age(entry, document)
    if limit is None or age + content <= limit:
        return Judged("fresh", max(0, age), None)
    actual = f"{_rounded(age)} s"
    if content != 0:
        actual += f", and content already {_rounded(content)} s old when written"
    expected = f"at most {number_text(limit)} s old"
    return Judged(
        "stale", age, finding("document-stale", surface=surface, pointer=pointer, expected=expected, actual=actual)
    )


def _content_age(entry: Entry, document: object) -> float:
    pointer = entry["age"].get("content")
    values = [] if pointer is None else values_at(document, pointer)
    value = values[0] if values else None
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0 else 0


def _rounded(seconds: float) -> str:
    """Halves go up, as with Math.round."""
    return number_text(float(math.floor(seconds + 0.5))) if math.isfinite(seconds) else number_text(seconds)


def _is_same_rows(rows: object, others: object) -> bool:
    if not isinstance(rows, list) or not isinstance(others, list) or len(rows) != len(others):
        return False
    return all(_identity(row) == _identity(other) for row, other in zip(rows, others))


def _identity(row: object) -> str:
    return json.dumps([row.get(key) if isinstance(row, dict) else None for key in ("symbol", "side", "qty")])
