"""Validation: an interpreter of the keywords that the contract's schemas are written with, and no others."""

from __future__ import annotations

from typing import Literal

from .finding import NOTHING, Finding, finding, show
from .js.numbers import is_number, number_text
from .js.regex import js_regex
from .js.text import in_order
from .pointer import segment
from .registry import Schema, dialect_schema, is_surface, major_schema, schema_of

View = Literal["writer", "reader"]

#: Findings of one document are cut off here, so that a hostile one cannot flood its reader.
_MAX_FINDINGS = 100

_BOUNDS = (("maximum", "<="), ("minimum", ">="), ("exclusiveMaximum", "<"), ("exclusiveMinimum", ">"))
#: Keywords that apply to one type of value.
_RULES = {
    "number": frozenset((*(key for key, _ in _BOUNDS), "multipleOf")),
    "string": frozenset(("maxLength", "minLength", "pattern")),
    "array": frozenset(("maxItems", "minItems", "prefixItems", "items")),
    "object": frozenset(("required", "additionalProperties", "properties", "x-tag")),
}


def validate_writer_view(surface: str, document: object) -> list[Finding]:
    """Validates plain JSON data against the writer view: closed and strict, what may be emitted."""
    return _run(surface, schema_of(surface), document, "writer") if is_surface(surface) else [_unknown(surface)]


def validate_reader_view(surface: str, document: object) -> list[Finding]:
    """Validates plain JSON data against the reader view: unknown keys are no error."""
    return _run(surface, schema_of(surface), document, "reader") if is_surface(surface) else [_unknown(surface)]


def validate_major(surface: str, major: int, document: object) -> list[Finding]:
    """Validates against the reader view of a major version."""
    return _run(surface, major_schema(surface, major), document, "reader")


def validate_dialect(surface: str, dialect: str, document: object) -> list[Finding]:
    """Validates against the schema of a legacy dialect."""
    return _run(surface, dialect_schema(surface, dialect), document, "reader")


def _unknown(surface: object) -> Finding:
    return finding("unknown-surface", actual=show(surface))


def _run(surface: str, schema: Schema, document: object, view: View) -> list[Finding]:
    run = _Run(surface, schema, view == "reader")
    run.check(schema, document, "")
    return run.findings[:_MAX_FINDINGS]


class _Run:
    """One validation. Findings come in the order in which ajv finds errors when it is asked for all of them."""

    def __init__(self, surface: str, root: Schema, is_open: bool) -> None:
        self.surface = surface
        self.root = root
        self.is_open = is_open
        self.findings: list[Finding] = []

    def check(self, schema: Schema, value: object, pointer: str) -> None:
        if len(self.findings) >= _MAX_FINDINGS:
            return
        if "$ref" in schema:
            self.check(self._target(schema["$ref"]), value, pointer)
            return
        if "nullable" in schema:
            if value is not None:
                self.check(self._target(schema["nullable"]), value, pointer)
            return
        types = _types_of(schema)
        late = len(types) == 1 and not _RULES.get(types[0], frozenset()).isdisjoint(schema)
        matches = not types or any(_is_of_type(value, each) for each in types)
        if not matches and not late:
            self._add("type-mismatch", " or ".join(types), pointer, show(value))
        self._check_values(schema, value, pointer)
        if late and not matches:
            self._add("type-mismatch", types[0], pointer, show(value))
        elif is_number(value):
            self._check_number(schema, value, pointer)
        elif isinstance(value, str):
            self._check_text(schema, value, pointer)
        elif isinstance(value, list):
            self._check_array(schema, value, pointer)
        elif isinstance(value, dict):
            self._check_object(schema, value, pointer)

    def _target(self, ref: str) -> Schema:
        target: Schema = self.root if ref == "#" else self.root["$defs"][ref.rpartition("/")[2]]
        return target

    def _check_values(self, schema: Schema, value: object, pointer: str) -> None:
        if "const" in schema and not _equal(schema["const"], value):
            self._add("const-mismatch", show(schema["const"]), pointer, show(value))
        if "enum" in schema and not any(_equal(each, value) for each in schema["enum"]):
            listed = ", ".join(each if isinstance(each, str) else show(each) for each in schema["enum"])
            self._add("unknown-enum-value", f"one of {listed}", pointer, show(value))

    def _check_number(self, schema: Schema, value: object, pointer: str) -> None:
        number: float = value  # type: ignore[assignment]
        for keyword, sign in _BOUNDS:
            if keyword in schema and not _within(number, sign, schema[keyword]):
                self._add("out-of-range", f"a number {sign} {number_text(schema[keyword])}", pointer, show(value))
        if "multipleOf" in schema and number % schema["multipleOf"] != 0:
            self._add("invalid-value", "multipleOf", pointer, show(value))

    def _check_text(self, schema: Schema, value: str, pointer: str) -> None:
        if "maxLength" in schema and len(value) > schema["maxLength"]:
            self._add("string-length", f"at most {schema['maxLength']} characters", pointer, show(value))
        if "minLength" in schema and len(value) < schema["minLength"]:
            self._add("string-length", f"at least {schema['minLength']} characters", pointer, show(value))
        if "pattern" in schema and js_regex(schema["pattern"], "u").search(value) is None:
            self._add("pattern-mismatch", f"text matching {schema['pattern']}", pointer, show(value))

    def _check_array(self, schema: Schema, value: list[object], pointer: str) -> None:
        for keyword, is_broken in (("maxItems", int.__gt__), ("minItems", int.__lt__)):
            if keyword in schema and is_broken(len(value), schema[keyword]):
                self._add("invalid-value", keyword, pointer, show(value))
        first: list[Schema] = schema.get("prefixItems", [])
        for index, item in enumerate(value):
            items = first[index] if index < len(first) else schema.get("items")
            if isinstance(items, dict):
                self.check(items, item, f"{pointer}/{index}")

    def _check_object(self, schema: Schema, value: dict[str, object], pointer: str) -> None:
        for key in schema.get("required", ()):
            if key not in value:
                self._add("required-missing", "the key to be present", f"{pointer}/{segment(key)}", "nothing")
        properties: dict[str, Schema] = schema.get("properties", {})
        self._check_others(schema, value, properties, pointer)
        for key, each in properties.items():
            if key in value:
                self.check(each, value[key], f"{pointer}/{segment(key)}")
        if "x-tag" in schema:
            self._check_branch(schema, value, pointer)

    def _check_others(
        self, schema: Schema, value: dict[str, object], properties: dict[str, Schema], pointer: str
    ) -> None:
        others = schema.get("additionalProperties", True)
        if others is True or (others is False and self.is_open):
            return
        for key, each in in_order(value):
            if key in properties:
                continue
            at = f"{pointer}/{segment(key)}"
            if others is False:
                self._add("unknown-field", "a declared key", at, show(each))
            else:
                self.check(others, each, at)

    def _check_branch(self, schema: Schema, value: dict[str, object], pointer: str) -> None:
        tag = schema["x-tag"]
        for branch in schema["oneOf"]:
            target = self._target(branch["$ref"]) if "$ref" in branch else branch
            said = target["properties"][tag]
            values = [said["const"]] if "const" in said else said.get("enum", [])
            if value.get(tag, NOTHING) in values:
                self.check(target, value, pointer)
                return
        self._add("unknown-tag", "a known type of record", f"{pointer}/{tag}", show(value.get(tag, NOTHING)))

    def _add(self, rule: str, expected: str, pointer: str, actual: str) -> None:
        where = "the document" if pointer == "" else pointer
        message = f"{where} is {actual}, expected {expected}"
        if rule == "required-missing":
            message = f"{where} is missing"
        if rule == "unknown-field":
            message = f"{where} is not declared by the contract"
        self.findings.append(
            finding(rule, surface=self.surface, pointer=pointer, expected=expected, actual=actual, message=message)
        )


def _types_of(schema: Schema) -> list[str]:
    types = schema.get("type", "object" if "x-tag" in schema else [])
    return [types] if isinstance(types, str) else list(types)


def _is_of_type(value: object, name: str) -> bool:
    if name == "null":
        return value is None
    if name == "boolean":
        return isinstance(value, bool)
    if name == "integer":
        return is_number(value) and value % 1 == 0  # type: ignore[operator]
    if name == "number":
        return is_number(value)
    return isinstance(value, {"string": str, "array": list, "object": dict}[name])


def _equal(expected: object, value: object) -> bool:
    """Equality of JSON: True is no 1."""
    return isinstance(expected, bool) == isinstance(value, bool) and expected == value


def _within(value: float, sign: str, limit: float) -> bool:
    if sign == "<=":
        return value <= limit
    if sign == ">=":
        return value >= limit
    return value < limit if sign == "<" else value > limit
