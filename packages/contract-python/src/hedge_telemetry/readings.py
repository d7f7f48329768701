"""Every field of a document with the one state that says how far it can be trusted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from .age import Judged
from .finding import NOTHING, Finding, finding, show
from .js.text import in_order
from .pointer import child, segment
from .registry import Node, branch_of

ReadingState = Literal["fresh", "stale", "skewed", "absent", "never", "invalid", "unreadable"]

#: A Reading, or a dict of fields that are Readings or such dicts.
Readings = Any

_MAX_UNDECLARED = 100
_KNOWN = frozenset(("fresh", "stale", "skewed"))


@dataclass(frozen=True)
class Reading:
    """
    A value and its state. fresh: within stale_after. stale: older, or of unknown age. skewed: its timestamp lies in the
    future. absent: null or left out. never: not published yet. invalid: breaks the contract; ``raw`` is what stood there.
    unreadable: the file is torn or cannot be read. The value of the last four is None: never 0, OK or an empty list.
    """

    state: ReadingState
    value: Any
    #: Reader's clock minus the document's timestamp, in seconds; None where the document tells no time.
    age_s: float | None
    raw: Any = None

    @property
    def is_known(self) -> bool:
        """True when there is a value: fresh, stale or skewed."""
        return self.state in _KNOWN


def document_readings(
    root: Node, document: object, judged: Judged, findings: list[Finding]
) -> tuple[Readings, list[Finding]]:
    """
    The fields of a canonical document as readings, and findings on the keys that the contract does not declare. A field
    that an error points at is invalid; None and left out are absent; everything else is as fresh as the document.
    """
    view = _View(judged, {each.pointer or "" for each in findings if _makes_invalid(each)})
    return view.of(root, document, ""), view.undeclared


def uniform_readings(node: Node, reading: Reading) -> Readings:
    """The fields of a part that is not known at all: each has the same state."""
    return _fields(node, lambda field, _: uniform_readings(field, reading)) if node["kind"] == "object" else reading


def _makes_invalid(found: Finding) -> bool:
    return found.level == "error" and found.rule != "required-missing"


def _fields(node: Node, view: Callable[[Node, str], Readings]) -> dict[str, Readings]:
    return {key: view(field, key) for key, field in node.get("fields", {}).items()}


class _View:
    def __init__(self, judged: Judged, invalid: set[str]) -> None:
        self.judged = judged
        self.invalid = invalid
        self.undeclared: list[Finding] = []

    def of(self, node: Node, value: object, pointer: str) -> Readings:
        age = self.judged.age_s
        if pointer in self.invalid:
            return uniform_readings(node, Reading("invalid", None, age, None if value is NOTHING else value))
        if value is None or value is NOTHING:
            return uniform_readings(node, Reading("absent", None, age))
        if node["kind"] == "union":
            return self.of(branch_of(node, value) or _open_node(), value, pointer)
        if node["kind"] == "object":
            self._note_undeclared(node, value, pointer)
            return _fields(node, lambda field, key: self.of(field, child(value, key), f"{pointer}/{segment(key)}"))
        return Reading(self.judged.state, self._content(node, value, pointer), age)

    def _content(self, node: Node, value: object, pointer: str) -> object:
        if node["kind"] == "array" and isinstance(value, list):
            items = node.get("items") or _open_node()
            return [self.of(items, each, f"{pointer}/{index}") for index, each in enumerate(value)]
        if node["kind"] == "map" and isinstance(value, dict):
            values = node.get("values") or _open_node()
            return {key: self.of(values, each, f"{pointer}/{segment(key)}") for key, each in in_order(value)}
        return value

    def _note_undeclared(self, node: Node, value: object, pointer: str) -> None:
        if not isinstance(value, dict):
            return
        for key, each in in_order(value):
            if len(self.undeclared) >= _MAX_UNDECLARED:
                return
            if key not in node.get("fields", {}):
                at = f"{pointer}/{segment(key)}"
                self.undeclared.append(
                    finding("undeclared-field", pointer=at, expected="a declared key", actual=show(each))
                )


def _open_node() -> Node:
    return {"kind": "open", "description": "", "nullable": False}
