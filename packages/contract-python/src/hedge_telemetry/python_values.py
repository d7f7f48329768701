"""Fields that hold what Python prints of an object, where the value itself was meant."""

from __future__ import annotations

from collections.abc import Iterable

from .finding import Finding, finding
from .js.regex import js_regex
from .pointer import child, segments
from .redact import Found
from .redact.detectors.python_repr import is_python_repr
from .registry import Entry, Node, child_node

#: Names of fields that hold what somebody says, which may quote anything.
_PROSE = js_regex(
    r"(?:^|_)(?:message|reason|error|warning|note|detail|description|comment|context|text)s?$"
)


def python_values(entry: Entry, document: object, found: Iterable[Found]) -> list[Finding]:
    """An error for each declared field whose text is, as a whole, a repr(): ``Decimal('1.5')``, ``nan``."""
    return [
        finding("python-value", pointer=each.pointer, expected="the value itself", actual="a Python object's repr()")
        for each in found
        if each.kind == "python-repr" and not _is_prose(each.pointer) and _is_declared(entry, document, each.pointer)
    ]


def _is_prose(pointer: str) -> bool:
    keys = [key for key in segments(pointer) if not (key.isascii() and key.isdigit())]
    return bool(keys) and _PROSE.search(keys[-1]) is not None


def _is_declared(entry: Entry, document: object, pointer: str) -> bool:
    value: object = document
    node: Node | None = entry["root"]
    for key in segments(pointer):
        node = child_node(node, value, key)
        value = child(value, key)
    return node is not None and node["kind"] == "scalar" and isinstance(value, str) and is_python_repr(value)
