"""The fixtures that the TypeScript packages wrote: the same verdicts, findings, states and bytes."""

from __future__ import annotations

import json
import pathlib
import unittest
from typing import Any

from driver import outcome_of
from hedge_telemetry.prepare import json_text

_FIXTURES = pathlib.Path(__file__).parent / "fixtures"
#: Each parser says in its own words what is wrong with a text.
_OWN_WORDS = "json-syntax"
#: What a document holds is compared by the test that runs both packages.
_LEFT_OUT = ("value", "document", "readings")


class Conformance(unittest.TestCase):
    maxDiff = None

    def test_every_fixture(self) -> None:
        files = sorted(_FIXTURES.glob("*.jsonl"))
        self.assertGreater(len(files), 20)
        for file in files:
            for line in file.read_text("utf-8").split("\n")[:-1]:
                fixture = json.loads(line)
                with self.subTest(group=file.stem, id=fixture["case"]["id"]):
                    found = json.loads(json_text(outcome_of(fixture["case"])))
                    self.assertEqual(_brief_outcome(found), fixture["expected"])


def _brief_outcome(outcome: dict[str, Any]) -> dict[str, Any]:
    return {
        key: [_words(each) for each in said] if isinstance(said, list) else _brief(said)
        for key, said in outcome.items()
    }


def _brief(answer: dict[str, Any]) -> dict[str, Any]:
    kept = {key: each for key, each in answer.items() if key not in _LEFT_OUT}
    if "readings" in answer:
        kept["states"] = dict(_states(answer["readings"], ""))
    return {**kept, "findings": [_words(each) for each in answer["findings"]]}


def _states(view: Any, pointer: str) -> list[tuple[str, str]]:
    """Where a reading is and its state, one for each; the readings within a value as well."""
    if isinstance(view, dict) and isinstance(view.get("state"), str) and "age_s" in view:
        inside = [] if view["state"] == "invalid" else _states(view["value"], pointer)
        return [(pointer, view["state"]), *inside]
    if isinstance(view, list):
        view = {str(index): each for index, each in enumerate(view)}
    entries = view.items() if isinstance(view, dict) else ()
    return [found for key, each in entries for found in _states(each, f"{pointer}/{key}")]


def _words(finding: dict[str, Any]) -> list[Any]:
    own = finding["rule"] == _OWN_WORDS and finding["actual"] != "an empty text"
    return [finding["rule"], finding["pointer"], finding["expected"], None if own else finding["actual"]]


if __name__ == "__main__":
    unittest.main()
