"""Answers conformance cases: one JSON object per line on stdin, one outcome per line on stdout."""

from __future__ import annotations

import base64
import datetime
import json
import math
import os
import pathlib
import sys
import tempfile
from typing import Any

from hedge_telemetry import STATE_NAMES, Reader, Reading, Redactor, validate_reader_view, validate_writer_view
from hedge_telemetry.interpret import interpret
from hedge_telemetry.js.numbers import is_safe_integer
from hedge_telemetry.parse import parse_json
from hedge_telemetry.prepare import json_text, prepare
from hedge_telemetry.registry import entry_of

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
_redactors: dict[str, Redactor] = {}


def outcome_of(case: dict[str, Any]) -> dict[str, Any]:
    """What this package makes of a case, as plain data."""
    if case["do"] == "write":
        return {"write": _write(case)}
    if case["do"] == "parse":
        return {"read": _parse(case["surface"], base64.b64decode(case["bytes"]))}
    if case["do"] == "read":
        return {"read": _read(case)}
    surface, document = case["surface"], json.loads(case["text"], parse_int=_integer)
    data = case["text"].encode("utf-8")
    files = {surface: base64.b64encode(data)}
    return {
        "write": _write(case),
        "writer": [each.as_dict() for each in validate_writer_view(surface, document)],
        "reader": [each.as_dict() for each in validate_reader_view(surface, document)],
        "read": _read({**case, "files": files}) if surface in STATE_NAMES else _parse(surface, data),
    }


def _write(case: dict[str, Any]) -> dict[str, Any]:
    env = case.get("env", {})
    text = case["text"] if "text" in case else base64.b64decode(case["text64"]).decode("utf-8")
    redactor = _redactors.setdefault(json.dumps(env), Redactor(env))
    prepared = prepare(entry_of(case["surface"]), given(text), lambda: case["now"], redactor)
    written = None if prepared.data is None else prepared.data.decode("utf-8")
    return {"text": written, "findings": [each.as_dict() for each in prepared.findings], "nonFinite": prepared.non_finite}


def _parse(ledger: str, line: bytes) -> dict[str, Any]:
    parsed = parse_json(line)
    if parsed.finding is not None:
        return {"dialect": None, "version": None, "document": None, "findings": [parsed.finding.as_dict()]}
    found = interpret(ledger, parsed.value)
    return {
        "dialect": found.dialect,
        "version": found.version,
        "document": found.document,
        "findings": [each.as_dict() for each in found.findings],
    }


def _read(case: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as directory:
        os.mkdir(os.path.join(directory, "state"))
        for surface, data in case["files"].items():
            pathlib.Path(directory, entry_of(surface)["file"]).write_bytes(base64.b64decode(data))
        found = Reader(directory, now=lambda: case["now"]).read(case["surface"])
    return {
        "state": found.state,
        "value": found.value,
        "readings": _plain(found.readings),
        "age_s": found.age_s,
        "timestamp": found.timestamp,
        "version": found.version,
        "dialect": found.dialect,
        "findings": [{**each.as_dict(), "file": None} for each in found.findings],
    }


def _plain(view: Any) -> Any:
    if isinstance(view, Reading):
        raw = {} if view.raw is None else {"raw": view.raw}
        return {"state": view.state, "value": _plain(view.value), "age_s": view.age_s, **raw}
    if isinstance(view, dict):
        return {key: _plain(each) for key, each in view.items()}
    return [_plain(each) for each in view] if isinstance(view, list) else view


def given(text: str) -> Any:
    """A document as a caller would give it: JSON in which objects with a `$` key stand for what JSON has no form for."""
    return json.loads(text, parse_int=_integer, object_hook=_revived)


def _integer(token: str) -> float:
    return int(token) if is_safe_integer(int(token)) else float(token)


def _revived(value: dict[str, Any]) -> Any:
    if "$number" in value:
        return {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}[value["$number"]]
    if "$integer" in value:
        return int(value["$integer"])
    if "$instant" in value:
        return _EPOCH + datetime.timedelta(milliseconds=value["$instant"])
    if "$bytes" in value:
        return value["$bytes"].encode("ascii")
    return set(value["$set"]) if "$set" in value else value


def main() -> None:
    for line in sys.stdin:
        sys.stdout.write(f"{json_text(outcome_of(json.loads(line)))}\n")


if __name__ == "__main__":
    main()
