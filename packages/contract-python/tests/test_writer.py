"""Publishing and appending: files are whole, refusals leave them alone, and nothing raises."""

from __future__ import annotations

import json
import os
import pathlib
import tempfile
import unittest
from typing import Any
from unittest.mock import patch

from hedge_telemetry import Redactor, Writer, append, publish

NAV: dict[str, Any] = {
    "nav_total": 1000.5,
    "nav_age_s": 1,
    "sources_ok": True,
    "aum": None,
    "nav_health_snapshot": None,
    "updated_at": 1_764_000_000,
}
EVENT: dict[str, Any] = {
    "type": "cancel",
    "symbol": "BTCUSDT",
    "qty": None,
    "price": None,
    "is_maker": None,
    "slippage_bps": None,
    "metadata": {},
}


class InDirectory(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.dir = pathlib.Path(directory.name)
        self.writer = Writer(self.dir, now=lambda: 1_764_000_000.5, redactor=Redactor({}))


class Publish(InDirectory):
    def test_writes_the_document_with_its_tag(self) -> None:
        result = self.writer.publish("nav", NAV)
        self.assertTrue(result.ok)
        self.assertEqual(result.findings, [])
        file = self.dir / "state/nav.json"
        expected = '{"schema":"nav_v1","nav_total":1000.5,"nav_age_s":1,"sources_ok":true,"aum":null,'
        expected += '"nav_health_snapshot":null,"updated_at":1764000000}\n'
        self.assertEqual(file.read_text("utf-8"), expected)
        self.assertEqual(file.stat().st_mode & 0o777, 0o644 & ~_umask())
        self.assertEqual(os.listdir(self.dir / "state"), ["nav.json"])

    def test_leaves_a_valid_file_where_the_next_document_is_not(self) -> None:
        self.writer.publish("nav", NAV)
        before = (self.dir / "state/nav.json").read_bytes()
        for document in ({**NAV, "nav_total": "much"}, {}, None, 7, [NAV], {**NAV, "new": 1}, object()):
            result = self.writer.publish("nav", document)
            self.assertFalse(result.ok)
            self.assertTrue(any(each.level == "error" for each in result.findings))
            self.assertEqual((self.dir / "state/nav.json").read_bytes(), before)

    def test_does_not_change_what_it_is_given(self) -> None:
        document = {**NAV, "nav_detail": None}
        copy = json.loads(json.dumps(document))
        self.writer.publish("nav", document)
        self.assertEqual(document, copy)

    def test_says_why_it_could_not_write(self) -> None:
        (self.dir / "state").write_text("in the way")
        result = self.writer.publish("nav", NAV)
        self.assertFalse(result.ok)
        self.assertEqual([each.rule for each in result.findings], ["write-failed"])
        self.assertIn(result.findings[0].actual, ("ENOTDIR", "EEXIST"))

    def test_removes_the_temporary_file_where_the_name_is_taken(self) -> None:
        (self.dir / "state/nav.json/x").mkdir(parents=True)
        self.assertEqual(self.writer.publish("nav", NAV).findings[0].rule, "write-failed")
        self.assertEqual(os.listdir(self.dir / "state"), ["nav.json"])

    def test_refuses_a_name_that_is_none(self) -> None:
        names: tuple[Any, ...] = ("events", "nothing", None, 7, [], "nav\n", "../nav")
        for name in names:
            result = self.writer.publish(name, NAV)
            self.assertEqual([each.rule for each in result.findings], ["unknown-surface"])
        self.assertEqual(os.listdir(self.dir), [])

    def test_refuses_a_directory_that_cannot_be(self) -> None:
        for name in ("a\0b", "a\ud800b"):
            writer = Writer(name, redactor=Redactor({}))
            for result in (writer.publish("nav", NAV), writer.append("events", EVENT)):
                self.assertEqual([each.rule for each in result.findings], ["write-failed"])

    def test_survives_a_clock_that_raises(self) -> None:
        def broken() -> float:
            raise RuntimeError("no time")

        result = Writer(self.dir, now=broken, redactor=Redactor({})).append("events", EVENT)
        self.assertEqual([each.rule for each in result.findings], ["invalid-value"])

    def test_takes_the_secrets_of_this_process_out(self) -> None:
        with patch.dict(os.environ, {"VENUE_API_SECRET": "correct-horse-9"}):
            result = append("events", {**EVENT, "metadata": {"said": "sent correct-horse-9"}}, dir=self.dir)
        self.assertTrue(result.ok)
        self.assertEqual([each.rule for each in result.findings], ["secret-redacted"])
        line = json.loads((self.dir / "execution/events.jsonl").read_text("utf-8"))
        self.assertEqual(line["metadata"], {"said": "sent [redacted:env-value]"})
        publish("nav", NAV, dir=self.dir)
        self.assertTrue((self.dir / "state/nav.json").exists())


class Append(InDirectory):
    def test_appends_stamped_lines(self) -> None:
        for _ in range(3):
            self.assertEqual(self.writer.append("events", EVENT).findings, [])
        lines = (self.dir / "execution/events.jsonl").read_bytes().split(b"\n")
        self.assertEqual(len(lines), 4)
        self.assertTrue(lines[0].startswith(b'{"schema":"events_v1","ts":"2025-11-24T16:00:00.500Z","type":"cancel"'))

    def test_is_one_write(self) -> None:
        self.writer.append("events", EVENT)
        with patch("os.write", wraps=os.write) as write:
            self.writer.append("events", EVENT)
        self.assertEqual(write.call_count, 1)

    def test_ends_a_torn_line_and_says_where_it_began(self) -> None:
        file = self.dir / "execution/events.jsonl"
        file.parent.mkdir()
        file.write_bytes(b'{"a":1}\n{"b')
        result = self.writer.append("events", EVENT)
        self.assertTrue(result.ok)
        self.assertEqual([(each.rule, each.actual) for each in result.findings], [("ledger-line-ended", "offset 8")])
        self.assertEqual(file.read_bytes().split(b"\n")[:2], [b'{"a":1}', b'{"b'])

    def test_follows_no_link(self) -> None:
        (self.dir / "execution").mkdir()
        (self.dir / "execution/events.jsonl").symlink_to(self.dir / "elsewhere")
        self.assertEqual([each.actual for each in self.writer.append("events", EVENT).findings], ["ELOOP"])

    def test_escapes_what_ends_a_line_elsewhere(self) -> None:
        self.writer.append("events", {**EVENT, "metadata": {"said": "a\u2028b\x85c"}})
        line = (self.dir / "execution/events.jsonl").read_bytes()
        self.assertIn(rb"a\u2028b\u0085c", line)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


if __name__ == "__main__":
    unittest.main()
