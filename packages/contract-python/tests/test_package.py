"""The package as a whole: standard library alone, short modules, types that resolve, the corpus of secrets."""

from __future__ import annotations

import ast
import json
import os
import pathlib
import sys
import typing
import unittest

import hedge_telemetry
import hedge_telemetry.generated.types as types
from hedge_telemetry import Redactor
from hedge_telemetry.js.numbers import number_text, parse_number
from hedge_telemetry.js.regex import js_regex

_PACKAGE = pathlib.Path(hedge_telemetry.__file__).parent
_REPOSITORY = pathlib.Path(__file__).parents[3]
_CORPUS = pathlib.Path(os.environ.get("TELEMETRY_CORPUS") or _REPOSITORY / "../shared/corpus") / "secrets.jsonl"
_LONGEST_MODULE = 300


class Package(unittest.TestCase):
    def test_imports_the_standard_library_alone(self) -> None:
        for file in _PACKAGE.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.level == 0:
                    names.append(node.module or "")
                for name in names:
                    self.assertIn(name.split(".")[0], sys.stdlib_module_names, file.name)

    def test_has_no_long_module(self) -> None:
        for file in _PACKAGE.rglob("*.py"):
            if "generated" not in file.parts:
                self.assertLessEqual(len(file.read_text("utf-8").split("\n")), _LONGEST_MODULE, file.name)

    def test_its_types_resolve(self) -> None:
        for name in types.__all__:
            declared = getattr(types, name)
            if hasattr(declared, "__required_keys__"):
                hints = typing.get_type_hints(declared)
                self.assertEqual(set(hints), {*declared.__required_keys__, *declared.__optional_keys__})
        self.assertIn("nav_total", types.Nav.__required_keys__)
        self.assertIn("nav_detail", types.Nav.__optional_keys__)
        self.assertIn("Unit: USD.", types.Nav.__doc__ or "")

    def test_exports_what_it_says(self) -> None:
        for name in hedge_telemetry.__all__:
            self.assertTrue(hasattr(hedge_telemetry, name), name)


class Redaction(unittest.TestCase):
    def test_costs_no_more_than_in_proportion_to_the_text(self) -> None:
        """Counts the steps of the interpreter, which do not depend on the load of the machine."""
        redactor = Redactor({"VENUE_SECRET": "aaaaaaaaaaaaaaaab"})
        for part in ("a=", "://", "-----BEGIN ", "%41", "\\n", "abandon ", "('a','", "api_key:", "a/", "&a=", "😀"):
            short, long = (_steps(redactor, part * (length // len(part))) for length in (2000, 8000))
            self.assertLess(long, 6 * short + 2000, part)


def _steps(redactor: Redactor, text: str) -> int:
    count = 0

    def step(*_: object) -> object:
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)  # type: ignore[arg-type]
    try:
        redactor.redact({"metadata": {"x": text}})
    finally:
        sys.settrace(before)
    return count


class JavaScript(unittest.TestCase):
    def test_numbers(self) -> None:
        for number, text in (
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (1e-7, "1e-7"),
            (1.5e-7, "1.5e-7"),
            (0.000001, "0.000001"),
            (1e21, "1e+21"),
            (1.25e22, "1.25e+22"),
            (123456789012345680000.0, "123456789012345680000"),
            (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (-4.35, "-4.35"),
            (float("nan"), "NaN"),
            (float("-inf"), "-Infinity"),
        ):
            self.assertEqual(number_text(number), text)
        self.assertEqual(parse_number("0.07e2"), 7)

    def test_expressions(self) -> None:
        for source, flags, text, found in (
            (r"^a$", "", "a\n", None),
            (r"\s", "", "\u2003", "\u2003"),
            (r"\s", "", "\x1f", None),
            (r"[^\s]", "", "\ufeff", None),
            (r"\d", "", "\u0661", None),
            (r"\w", "", "é", None),
            (r".", "", "\u2028", None),
            (r"^b", "m", "a\rb", "b"),
            (r"(?<x>a)\/", "", "a/", "a/"),
            (r"[[(]", "", "[", "["),
            (r"[\s\S]", "", "\U0001f600", "\U0001f600"),
            (r"k", "i", "\u212a", None),
        ):
            match = js_regex(source, flags).search(text)
            self.assertEqual(None if match is None else match[0], found, source)


@unittest.skipUnless(_CORPUS.exists(), "there is no corpus of secrets")
class Corpus(unittest.TestCase):
    def test_finds_every_secret_and_takes_nothing_else(self) -> None:
        redactor = Redactor({})
        missed, taken = [], []
        for line in _CORPUS.read_text("utf-8").strip().split("\n"):
            row = json.loads(line)
            document = row["context"]["doc"]
            found = redactor.redact(document).value
            text = json.dumps(found, ensure_ascii=False)
            if not row["positive"]:
                taken += [row["id"]] if found is not document else []
            elif any(each in text or json.dumps(each, ensure_ascii=False)[1:-1] in text for each in row["secrets"]):
                missed.append(row["id"])
        self.assertEqual((missed, taken), ([], []))


if __name__ == "__main__":
    unittest.main()
