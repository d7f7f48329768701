"""Fields that the contract derives from others, for example dd_frac from dd_pct."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .finding import NOTHING, Finding, finding, show
from .js.numbers import is_number
from .percent import clamped_share, fraction, percent_points, to_percent_points
from .pointer import segments, value_at
from .registry import Entry


def derive_fields(entry: Entry, document: object) -> tuple[object, list[Finding]]:
    """
    Computes the derived fields of plain data in which percentages already stand in their field's unit. Where a document
    holds only the derived field, its source is filled in from it, so that the invariant holds either way.
    """
    findings: list[Finding] = []
    if not entry["derived"] or not isinstance(document, dict):
        return document, findings
    result: dict[str, Any] = dict(document)
    for field in entry["derived"]:
        _derive(entry, field, result, findings)
    return result, findings


def _derive(entry: Entry, field: dict[str, Any], document: dict[str, Any], findings: list[Finding]) -> None:
    key = segments(field["pointer"])[0]
    given = document.get(key, NOTHING)
    sources = [(pointer, value_at(document, pointer)) for pointer in field["from"]]
    numbers: list[tuple[str, Any]] = [each for each in sources if is_number(each[1])]
    if not numbers:
        _from_fraction(entry, field, key, document, findings)
        return
    (pointer, first), *others = numbers
    for other, value in others:
        if value != first:
            expected = f"the value of {pointer}, {show(first)}"
            findings.append(
                finding(
                    "percent-contradiction", surface=entry["name"], pointer=other, expected=expected, actual=show(value)
                )
            )
    computed = clamped_share(percent_points(first), _reporter(entry, pointer, findings))
    document[key] = computed
    if given is not NOTHING and given is not None and not (is_number(given) and given == computed):
        findings.append(_replaced(entry, field, given, computed))


def _from_fraction(
    entry: Entry, field: dict[str, Any], key: str, document: dict[str, Any], findings: list[Finding]
) -> None:
    """The source is not known: where the fraction was given, its source is written beside it; else the fraction is None."""
    given: Any = document.setdefault(key, None)
    if not is_number(given):
        return
    share = clamped_share(fraction(given), _reporter(entry, field["pointer"], findings))
    points = to_percent_points(fraction(share or 0))
    document[segments(field["from"][0])[0]] = points
    document[key] = clamped_share(percent_points(points or 0), findings.append)


def _reporter(entry: Entry, pointer: str, findings: list[Finding]) -> Any:
    return lambda each: findings.append(replace(each, surface=entry["name"], pointer=pointer))


def _replaced(entry: Entry, field: dict[str, Any], given: object, computed: float | None) -> Finding:
    """What is no number is not shown: it has not been looked at for secrets yet."""
    return finding(
        "derived-recomputed",
        surface=entry["name"],
        pointer=field["pointer"],
        expected=f"{show(computed)}, computed from {' or '.join(field['from'])}",
        actual=show(given) if is_number(given) else f"a {_type_name(given)}",
    )


def _type_name(value: object) -> str:
    if isinstance(value, str):
        return "string"
    return "boolean" if isinstance(value, bool) else "object"
