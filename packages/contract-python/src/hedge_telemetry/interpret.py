"""What a parsed document is, in canonical form."""

from __future__ import annotations

from dataclasses import dataclass

from .finding import Finding, finding, has_errors, show
from .js.numbers import is_safe_integer, nearest_double, number_text
from .recognise import Form, recognise, working_major
from .registry import Entry, Node, child_node, entry_of
from .validate import validate_dialect, validate_major


@dataclass(frozen=True)
class Interpretation:
    """A document as what it was recognised as."""

    surface: str
    #: "canonical", "v<major>", the name of a legacy dialect, or None where the shape is not known.
    dialect: str | None
    #: Version of the contract that the canonical form is in; None where the document is not understood.
    version: str | None
    #: The canonical document; None where it does not fit the reader view.
    document: object
    #: The canonical form, valid or not; None where there is none.
    candidate: object
    findings: list[Finding]


def interpret(surface: str, parsed: object) -> Interpretation:
    """
    Recognises a parsed document and validates it in the reader view. Documents of a legacy dialect or of an older major
    version are recognised and validated as that, and not migrated: a finding says what does it. Never raises.
    """
    entry = entry_of(surface)
    document = _without_long_integers(parsed, entry["root"])
    recognised = recognise(entry, document)
    if not recognised.forms:
        return Interpretation(surface, None, None, None, None, [_unrecognised(entry, document)])
    first, *others = recognised.forms
    if first.is_legacy:
        return _legacy(entry, first, document)
    best = first
    findings = _versioned(entry, first, document, recognised.named)
    for each in others if has_errors(findings) else []:
        found = _versioned(entry, each, document, recognised.named)
        if not has_errors(found):
            best, findings = each, found
            break
    if best.major != working_major(entry):
        return _older(entry, best, findings)
    valid = None if has_errors(findings) else document
    return Interpretation(surface, best.dialect, entry["version"], valid, document, findings)


def _versioned(entry: Entry, form: Form, document: object, named: int | None) -> list[Finding]:
    errors = validate_major(entry["name"], form.major, document)
    if named is None or named == form.major:
        return errors
    unknown = finding(
        "version-unknown",
        surface=entry["name"],
        pointer="/schema",
        expected=entry["schemaTag"],
        actual=show(f"{entry['name']}_v{named}"),
    )
    return [unknown, *(each for each in errors if each.pointer != "/schema")]


def _legacy(entry: Entry, form: Form, document: object) -> Interpretation:
    surface = entry["name"]
    broken = validate_dialect(surface, form.dialect, document)
    if has_errors(broken):
        return Interpretation(surface, form.dialect, None, None, None, broken)
    said = finding("legacy-dialect", surface=surface, expected="canonical", actual=form.dialect)
    return Interpretation(surface, form.dialect, None, None, None, [said, _not_migrated(surface, form)])


def _older(entry: Entry, form: Form, findings: list[Finding]) -> Interpretation:
    surface = entry["name"]
    if has_errors(findings):
        return Interpretation(surface, form.dialect, None, None, None, findings)
    said = finding("older-version", surface=surface, expected=entry["schemaTag"], actual=f"{surface}_{form.dialect}")
    return Interpretation(surface, form.dialect, None, None, None, [*findings, said, _not_migrated(surface, form)])


def _not_migrated(surface: str, form: Form) -> Finding:
    return finding(
        "migration-failed",
        surface=surface,
        pointer="",
        message=f"the document is in the form {form.dialect} of {surface}, which this package recognises and does not migrate",
        expected="canonical",
        actual=form.dialect,
        fix="Migrate the file with: hedge-telemetry migrate; or read it with the TypeScript package.",
    )


def _unrecognised(entry: Entry, document: object) -> Finding:
    shape = entry["shape"]
    keys = f" with {', '.join(shape['has'])}" if shape["has"] else ""
    older = [f"v{each['major']}" for each in entry["majors"]]
    known = ", ".join(["canonical", *older, *(each["name"] for each in entry["dialects"])])
    return finding(
        "unrecognised-shape",
        surface=entry["name"],
        pointer="",
        message=f"the document has none of the shapes known for {entry['name']} ({known})",
        expected=f"an {shape['root']}{keys}",
        actual=show(document),
    )


def _without_long_integers(value: object, node: Node | None) -> object:
    """
    Integers that a double cannot hold stand as decimal digits in the documents that readers get; in a field for numbers
    they are the numbers that they are nearest to, which is what wrote them.
    """
    if isinstance(value, dict):
        return {key: _without_long_integers(each, child_node(node, value, key)) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_long_integers(each, child_node(node, value, "0")) for each in value]
    if not isinstance(value, int) or isinstance(value, bool) or is_safe_integer(value):
        return value
    return nearest_double(value) if _is_numeric(value, node) else str(value)


def _is_numeric(value: int, node: Node | None) -> bool:
    kind = None if node is None else node.get("type")
    if kind in ("number", "integer"):
        return True
    return kind == "mixed" and number_text(nearest_double(value)) == str(value)
