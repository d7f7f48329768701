"""Every exotic value has one documented outcome, and no code of a caller raises through."""

from __future__ import annotations

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import json
import pathlib
import sys
import types
import unittest
import uuid
from typing import Any

from hedge_telemetry import Redactor, fraction, percent_points
from hedge_telemetry.prepare import prepare
from hedge_telemetry.registry import entry_of

NOW = 1_764_000_000.5
UTC = datetime.timezone.utc
HOUR_EAST = datetime.timezone(datetime.timedelta(hours=1))


class Side(enum.Enum):
    LONG = "long"


class TextSide(str, enum.Enum):
    LONG = "long"


class Count(int):
    def __str__(self) -> str:
        raise RuntimeError("not to be called")

    __repr__ = __str__


class Text(str):
    def __str__(self) -> str:
        raise RuntimeError("not to be called")


class Real(float):
    def __float__(self) -> float:
        raise RuntimeError("not to be called")


@dataclasses.dataclass
class Fill:
    qty: float
    side: str


class Scalar:
    """As numpy's scalars are, that are no Python numbers."""

    def item(self) -> object:
        return 7


class Matrix:
    """As numpy's arrays are."""

    def tolist(self) -> object:
        return [[1, 2], [3, float("nan")]]


class Client:
    """An object with a key, as an exchange's client is."""

    def __init__(self) -> None:
        self.api_key = "hunter2x"


class Liar:
    @property
    def __class__(self) -> type:  # type: ignore[override]
        raise RuntimeError("not to be asked")


class Hostile(dict):  # type: ignore[type-arg]
    def items(self) -> Any:
        raise RuntimeError("not to be called")

    __iter__ = keys = values = __len__ = get = items


class Raising:
    def tolist(self) -> object:
        raise SystemExit("a caller's code")


class Endless:
    def item(self) -> object:
        return self


Point = collections.namedtuple("Point", "x y")


def written(value: Any, surface: str = "events", key: str = "metadata") -> tuple[Any, list[str]]:
    """What is written of a value in an open part, and the rules and pointers of what is said about it."""
    document: dict[str, Any] = {
        "type": "cancel",
        "symbol": "BTCUSDT",
        "qty": None,
        "price": None,
        "is_maker": None,
        "slippage_bps": None,
        "metadata": {"v": value},
    }
    prepared = prepare(entry_of(surface), document, lambda: NOW, Redactor({}))
    assert prepared.data is not None, prepared.findings
    metadata = json.loads(prepared.data)["metadata"]
    return metadata.get("v", "left out"), [f"{each.rule} {each.pointer}" for each in prepared.findings]


def nav_total(value: Any) -> tuple[Any, list[str]]:
    """The same in a field for a number."""
    document = {
        "nav_total": value,
        "nav_age_s": None,
        "sources_ok": None,
        "aum": None,
        "nav_health_snapshot": None,
        "updated_at": 1,
    }
    prepared = prepare(entry_of("nav"), document, lambda: NOW, Redactor({}))
    found = None if prepared.data is None else json.loads(prepared.data)["nav_total"]
    return found, [each.rule for each in prepared.findings]


CONVERTED = ["value-converted /metadata/v"]
LEFT_OUT = ("left out", ["unsupported-value /metadata/v"])


class OpenParts(unittest.TestCase):
    def test_what_is_taken_without_a_word(self) -> None:
        for value, outcome in (
            ((1, "a", None), [1, "a", None]),
            (Point(1, 2), [1, 2]),
            (TextSide.LONG, "long"),
            (Count(5), 5),
            (Text("abc"), "abc"),
            (Real(1.5), 1.5),
            (True, True),
            (2**70, str(2**70)),
            (-(2**53), str(-(2**53))),
            (datetime.datetime(2025, 11, 24, 16, 0, 0, 123_999, UTC), "2025-11-24T16:00:00.123Z"),
            (datetime.datetime(2025, 11, 24, 16, 0, tzinfo=HOUR_EAST), "2025-11-24T15:00:00.000Z"),
            (fraction(0.07), 0.07),
            (percent_points(7), 0.07),
            (collections.OrderedDict(a=1), {"a": 1}),
            (Hostile(a=1), {"a": 1}),
        ):
            with self.subTest(value=type(value)):
                self.assertEqual(written(value), (outcome, []))

    def test_what_is_converted(self) -> None:
        for value, outcome in (
            (decimal.Decimal("1.10"), "1.10"),
            (decimal.Decimal("1E+2"), "1E+2"),
            (fractions.Fraction(1, 4), "0.25"),
            (Side.LONG, "long"),
            (datetime.date(2025, 11, 24), "2025-11-24"),
            ({3, 1, 2}, [1, 2, 3]),
            (frozenset("ba"), ["a", "b"]),
            (collections.deque([1]), [1]),
            (array.array("d", [0.5]), [0.5]),
            (array.array("B", [1]), "[binary]"),
            (b"abc", "[binary]"),
            (bytearray(2), "[binary]"),
            (memoryview(b"abc"), "[binary]"),
            (uuid.UUID(int=5), "00000000-0000-0000-0000-000000000005"),
            (pathlib.PurePosixPath("a/b"), "a/b"),
            (Fill(1.5, "BUY"), {"qty": 1.5, "side": "BUY"}),
            (Scalar(), 7),
            (types.MappingProxyType({"a": 1}), {"a": 1}),
        ):
            with self.subTest(value=type(value)):
                self.assertEqual(written(value), (outcome, CONVERTED))

    def test_what_is_left_out(self) -> None:
        cycle: list[Any] = []
        cycle.append(cycle)
        self.assertEqual(written(cycle), ([None], ["unsupported-value /metadata/v/0"]))
        for value in (
            Client(),
            object(),
            len,
            Client,
            json,
            lambda: 1,
            iter([1]),
            (each for each in [1]),
            complex(1, 2),
            datetime.datetime(2025, 11, 24),
            datetime.timedelta(1),
            Liar(),
            Raising(),
            types.SimpleNamespace(a=1),
            10**5000,
        ):
            with self.subTest(value=type(value)):
                self.assertEqual(written(value), LEFT_OUT)
        self.assertEqual(written(Endless())[0], "left out")

    def test_numbers_that_are_none(self) -> None:
        for value in (float("nan"), float("-inf"), decimal.Decimal("NaN"), decimal.Decimal("-Infinity"), decimal.Decimal("sNaN")):
            with self.subTest(value=value):
                self.assertEqual(written(value), (None, ["non-finite-number /metadata/v"]))
        self.assertEqual(
            written(Matrix()), ([[1, 2], [3, None]], ["non-finite-number /metadata/v/1/1", *CONVERTED])
        )

    def test_keys(self) -> None:
        keys = {1: "a", 1.5: "b", None: "c", True: "d", ("x",): "e", Text("t"): "f"}
        found, said = written(keys)
        # True and 1 are one key of a dict.
        self.assertEqual(found, {"1": "d", "1.5": "b", "null": "c", "[tuple]": "e", "t": "f"})
        self.assertEqual(said, CONVERTED)

    def test_exceptions(self) -> None:
        try:
            raise OSError(28, "No space left on device", "/srv/bot/secret.txt")
        except OSError as error:
            found, said = written(error)
        self.assertEqual(found["name"], "OSError")
        self.assertEqual(found["code"], 28)
        self.assertEqual(found["message"], "[Errno 28] No space left on device: '[redacted:path]'")
        self.assertRegex(found["fingerprint"], "^[0-9a-f]{16}$")
        self.assertEqual(set(found), {"name", "code", "message", "fingerprint"})
        self.assertIn("secret-redacted /metadata/v/message", said)

    def test_depth(self) -> None:
        deep: Any = 1
        for _ in range(sys.getrecursionlimit() * 2):
            deep = [deep]
        found, said = written(deep)
        self.assertIsInstance(found, list)
        self.assertEqual([each.split(" ")[0] for each in said], ["unsupported-value"])


class Kind(str, enum.Enum):
    SENT = "order"


class Branches(unittest.TestCase):
    def test_a_tag_may_be_a_member_of_an_enumeration(self) -> None:
        document = {
            "type": Kind.SENT,
            "symbol": "BTCUSDT",
            "qty": 1,
            "price": 1,
            "is_maker": None,
            "slippage_bps": None,
            "metadata": {},
            "order_id": 77,
            "client_order_id": ValueError("no\n  id"),
        }
        prepared = prepare(entry_of("events"), document, lambda: NOW, Redactor({}))
        found = json.loads(prepared.data or b"{}")
        self.assertEqual((found["type"], found["order_id"]), ("order", "77"))
        self.assertEqual(found["client_order_id"], "ValueError: no id")


class NumericFields(unittest.TestCase):
    def test_what_becomes_a_number(self) -> None:
        for value, outcome, said in (
            (decimal.Decimal("1.10"), 1.1, ["value-converted"]),
            (fractions.Fraction(1, 4), 0.25, ["value-converted"]),
            (Scalar(), 7, ["value-converted"]),
            (2**53 - 1, 2**53 - 1, []),
            (Count(5), 5, []),
            (float("nan"), None, ["non-finite-number"]),
            (2**53, None, ["type-mismatch"]),
            ("1.5", None, ["type-mismatch"]),
            (True, None, ["type-mismatch"]),
            (datetime.datetime(2025, 1, 1, tzinfo=UTC), None, ["type-mismatch"]),
        ):
            with self.subTest(value=value):
                self.assertEqual(nav_total(value), (outcome, said))

    def test_a_datetime_in_a_field_of_seconds(self) -> None:
        document = {
            "nav_total": None,
            "nav_age_s": None,
            "sources_ok": None,
            "aum": None,
            "nav_health_snapshot": None,
            "updated_at": datetime.datetime(2025, 11, 24, 16, 0, 0, 250_000, UTC),
        }
        prepared = prepare(entry_of("nav"), document, lambda: NOW, Redactor({}))
        self.assertEqual(json.loads(prepared.data or b"")["updated_at"], 1_764_000_000.25)
        naive = {**document, "updated_at": datetime.datetime(2025, 11, 24)}
        refused = prepare(entry_of("nav"), naive, lambda: NOW, Redactor({}))
        self.assertIsNone(refused.data)
        self.assertEqual([each.rule for each in refused.findings], ["unsupported-value", "required-missing"])


if __name__ == "__main__":
    unittest.main()
