"""A redacted document whose texts fit their fields again."""

from __future__ import annotations

from collections.abc import Iterable

from .js.regex import js_regex
from .pointer import child, segments
from .redact import Found
from .registry import Entry, Node, child_node
from .finding import NOTHING

_LINE_ENDS = js_regex(r"[\r\n]+\s*")


def fitted(entry: Entry, document: object, found: Iterable[Found]) -> object:
    """
    Where a marker made a text too long it is cut, where the frames of a stack made lines of it they are joined, and where
    a field takes no marker at all it becomes None, if that may stand there.
    """
    for each in found:
        document = _fitted_at(document, entry["root"], segments(each.pointer))
    return document


def _fitted_at(value: object, node: Node | None, keys: list[str]) -> object:
    if node is None:
        return value
    if not keys:
        return _fitted_text(value, node) if isinstance(value, str) and node["kind"] == "scalar" else value
    key, *rest = keys
    held = child(value, key)
    if held is NOTHING:
        return value
    kept = _fitted_at(held, child_node(node, value, key), rest)
    if kept is held:
        return value
    if isinstance(value, list):
        return [kept if index == int(key) else item for index, item in enumerate(value)]
    return {**value, key: kept} if isinstance(value, dict) else value


def _fitted_text(text: str, node: Node) -> str | None:
    limit = node.get("range", {}).get("maxLength")
    for each in (text, _LINE_ENDS.sub(" ", text)):
        short = each if limit is None else each[:limit]
        if _is_taken(short, node):
            return text if short == text else short
    return None if node["nullable"] else text if limit is None else text[:limit]


def _is_taken(text: str, node: Node) -> bool:
    if node.get("type") not in ("string", "mixed"):
        return True
    if "const" in node:
        return bool(node["const"] == text)
    if "enum" in node:
        return text in node["enum"]
    return "pattern" not in node or js_regex(node["pattern"], "u").search(text) is not None
