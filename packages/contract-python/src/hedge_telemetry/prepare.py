"""The text of a document or record: plain data, derived fields, tag and time, no secrets, valid in the writer view."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .derive import derive_fields
from .finding import Finding, finding, has_errors, placed
from .fitted import fitted
from .js.numbers import is_number, number_text
from .js.text import in_order, quote
from .normalise import Normalised
from .parse import MAX_DOCUMENT_BYTES, MAX_LINE_BYTES
from .python_values import python_values
from .redact import Found, Redactor
from .registry import Entry
from .stamp import Clock, stamped
from .validate import validate_writer_view

#: JSON leaves these raw, and many a line splitter takes them for the end of a line.
_LINE_BREAKS = re.compile("[\x85\u2028\u2029]")

#: Findings of form, which are about no secret.
_SHAPES = {
    "binary": "value-converted",
    "converted": "value-converted",
    "cut-depth": "value-cut",
    "cut-key": "value-cut",
    "cut-nodes": "value-cut",
    "cut-size": "value-cut",
    "cut-string": "value-cut",
    "error": "value-converted",
    "lone-surrogate": "value-converted",
    "proto-key": "value-converted",
    "python-repr": "python-repr",
}


@dataclass(frozen=True)
class Prepared:
    """A document ready to be written (JSON on one line, with its newline); ``data`` is None where it was refused."""

    data: bytes | None
    findings: list[Finding]
    #: Numbers that were NaN or infinite and became null.
    non_finite: int


def prepare(entry: Entry, given: object, now: Clock, redactor: Redactor) -> Prepared:
    """Makes the text of a document. Whatever the caller gave is read once, here. Never raises."""
    non_finite = 0
    try:
        plain = Normalised(given, entry["root"], redactor)
        non_finite = plain.non_finite
        derived, said = derive_fields(entry, plain.value)
        redacted = redactor.redact(stamped(entry, derived, now))
        found = [*plain.conversions, *redacted.found]
        value = fitted(entry, redacted.value, found)
        findings = placed(
            [
                *plain.findings,
                *said,
                *map(_redaction_finding, found),
                *python_values(entry, value, redacted.found),
                *validate_writer_view(entry["name"], value),
            ],
            surface=entry["name"],
        )
        if has_errors(findings):
            return Prepared(None, findings, non_finite)
        data = line_of(entry, value)
        too_long = _over_limit(entry, data)
        if too_long is not None:
            return Prepared(None, [*findings, too_long], non_finite)
        return Prepared(data, findings, non_finite)
    except Exception:
        return Prepared(None, [_unusable(entry)], non_finite)


def line_of(entry: Entry, value: object) -> bytes:
    """A document or record as JSON on one line, with its newline: the bytes that the TypeScript writer gives."""
    text = json_text(value)
    if entry["kind"] == "ledger":
        text = _LINE_BREAKS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return f"{text}\n".encode("utf-8")


def json_text(value: object) -> str:
    """Plain data as JSON.stringify writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, (int, float)):
        return number_text(value) if is_number(value) else "null"
    if isinstance(value, list):
        return f"[{','.join(map(json_text, value))}]"
    if isinstance(value, dict):
        return f"{{{','.join(f'{quote(key)}:{json_text(each)}' for key, each in in_order(value))}}}"
    raise TypeError(f"a {type(value).__name__} is no plain data")


def _redaction_finding(found: Found) -> Finding:
    """What the redaction found, as a finding of the contract. Nothing of the value is in it."""
    rule = _SHAPES.get(found.kind, "secret-redacted")
    expected = "no secrets" if rule == "secret-redacted" else "plain data"
    actual = found.kind if found.count == 1 else f"{found.kind}, {found.count} times"
    return finding(rule, pointer=found.pointer, expected=expected, actual=actual)


def _over_limit(entry: Entry, data: bytes) -> Finding | None:
    """What no reader would accept is not written."""
    is_ledger = entry["kind"] == "ledger"
    limit = MAX_LINE_BYTES if is_ledger else MAX_DOCUMENT_BYTES
    if len(data) <= limit:
        return None
    rule = "line-too-long" if is_ledger else "file-too-large"
    return finding(
        rule, surface=entry["name"], expected=f"at most {limit} bytes", actual=f"{len(data)} bytes"
    )


def _unusable(entry: Entry) -> Finding:
    return finding(
        "invalid-value",
        surface=entry["name"],
        pointer="",
        message="the document cannot be read as plain data",
        expected="plain data",
        actual="a value that throws when it is read",
        fix="Give plain dicts and lists.",
    )
