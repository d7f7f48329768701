"""What the contract says of every surface and of each of its fields."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from .generated.names import LEDGER_NAMES, STATE_NAMES

#: What the contract says of a field: the nodes of the tree are those of the TypeScript registry.
Node = dict[str, Any]
#: What the contract says of a surface, likewise.
Entry = dict[str, Any]
#: A JSON Schema.
Schema = dict[str, Any]

_KNOWN = frozenset((*STATE_NAMES, *LEDGER_NAMES))


def is_surface(name: object) -> bool:
    """True for the name of a state surface or a ledger."""
    return isinstance(name, str) and name in _KNOWN


def entry_of(name: str) -> Entry:
    """The registry's entry of a surface or ledger."""
    entry: Entry = _table(name)["entry"]
    return entry


def schema_of(name: str) -> Schema:
    """The canonical schema: closed, as the writer view is."""
    schema: Schema = _table(name)["schema"]
    return schema


def major_schema(name: str, major: int) -> Schema:
    """The schema of a major version: the canonical one where no older one has this number."""
    schema: Schema = _table(name)["majors"].get(str(major)) or schema_of(name)
    return schema


def dialect_schema(name: str, dialect: str) -> Schema:
    """The schema of a legacy dialect."""
    schema: Schema = _table(name)["dialects"][dialect]
    return schema


def child_node(node: Node | None, container: object, key: str) -> Node | None:
    """What the contract says of the value of a key of a container, which is itself at ``node``."""
    if node is None:
        return None
    if node["kind"] == "array":
        return node.get("items")
    if node["kind"] == "map":
        return node.get("values")
    return fields_of(container, node).get(key)


def fields_of(container: object, node: Node) -> dict[str, Node]:
    """The declared fields of an object; of a union those of the branch that its tag names."""
    if node["kind"] == "union":
        branch = branch_of(node, container)
        return {} if branch is None else branch.get("fields", {})
    fields: dict[str, Node] = node.get("fields", {})
    return fields


def branch_of(node: Node, container: object) -> Node | None:
    """The branch of a union that an object's tag names."""
    tag = container.get(node.get("tag", "")) if isinstance(container, dict) else None
    branch: Node | None = node.get("branches", {}).get(tag) if isinstance(tag, str) else None
    return branch


@lru_cache(maxsize=None)
def _table(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(f"generated/surfaces/{name}.json").read_text("utf-8")
    table: dict[str, Any] = json.loads(text)
    return table
