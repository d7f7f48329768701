"""What a caller may leave out: the schema tag, and the time that the age is measured from."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from .instants import iso_text
from .registry import Entry, Node, branch_of

Clock = Callable[[], float]


def stamped(entry: Entry, value: object, now: Clock) -> object:
    """
    Adds the schema tag, and the time of a ledger record, of each row of an array, and of a document whose schema does not
    require it. A time that was given stays, None included; a time that the schema requires is the caller's to state.
    """
    root, star, rows = entry["age"]["pointer"].partition("/*/")
    if isinstance(value, list):
        items = entry["root"].get("items")
        return [_timed(entry, row, rows, items, now) for row in value] if star else value
    if not isinstance(value, dict):
        return value
    needs_tag = entry["schemaTagged"] and "schema" not in value
    tagged = {"schema": entry["schemaTag"], **value} if needs_tag else value
    return tagged if star else _timed(entry, tagged, root[1:], _branch(entry["root"], value), now)


def _timed(entry: Entry, value: object, key: str, node: Node | None, now: Clock) -> object:
    """The time goes to the front of a ledger line, where a person looks for it, and to the end of a document."""
    if not isinstance(value, dict) or key in value:
        return value
    said = node or {}
    if entry["kind"] == "state" and key in said.get("required", ()):
        return value
    time = _time_in(said.get("fields", {}).get(key, {}).get("unit"), now())
    if time is None:
        return value
    if key != "ts":
        return {**value, key: time}
    rest: dict[str, Any] = {each: kept for each, kept in value.items() if each != "schema"}
    return {key: time, **rest} if "schema" not in value else {"schema": value["schema"], key: time, **rest}


def _time_in(unit: str | None, seconds: float) -> float | str | None:
    if unit == "epoch_s":
        return seconds if math.isfinite(seconds) else None
    return iso_text(seconds) if unit == "iso8601" else None


def _branch(root: Node, record: dict[str, Any]) -> Node | None:
    return branch_of(root, record) if root["kind"] == "union" else root
