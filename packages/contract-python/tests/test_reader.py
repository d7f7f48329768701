"""Reading: links, pipes and directories in the place of a file, and states."""

from __future__ import annotations

import json
import os
import pathlib
import tempfile
import unittest
from typing import Any

from hedge_telemetry import Reader, Reading, Writer, read

NAV = {
    "nav_total": 1000.5,
    "nav_age_s": 1,
    "sources_ok": None,
    "aum": None,
    "nav_health_snapshot": None,
    "updated_at": 1_764_000_000,
}


class Read(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.dir = pathlib.Path(directory.name)
        (self.dir / "state").mkdir()
        self.file = self.dir / "state/nav.json"

    def read(self, now: float = 1_764_000_010) -> Any:
        return Reader(self.dir, now=lambda: now).read("nav")

    def test_gives_each_field_a_state(self) -> None:
        Writer(self.dir).publish("nav", NAV)  # type: ignore[arg-type]
        found = self.read()
        self.assertEqual((found.state, found.age_s, found.timestamp), ("fresh", 10, 1_764_000_000))
        self.assertEqual(found.readings["nav_total"], Reading("fresh", 1000.5, 10))
        self.assertTrue(found.readings["nav_total"].is_known)
        self.assertEqual(found.readings["sources_ok"], Reading("absent", None, 10))
        self.assertFalse(found.readings["sources_ok"].is_known)
        self.assertEqual(self.read(1_764_009_000).state, "stale")
        self.assertEqual(self.read(1_763_999_000).state, "skewed")

    def test_one_bad_field_costs_that_field(self) -> None:
        self.file.write_text(json.dumps({**NAV, "nav_total": "much"}))
        found = self.read()
        self.assertEqual((found.state, found.value), ("invalid", None))
        self.assertEqual(found.readings["nav_total"], Reading("invalid", None, 10, "much"))
        self.assertEqual(found.readings["nav_age_s"].value, 1)

    def test_never_and_unreadable(self) -> None:
        self.assertEqual(self.read().state, "never")
        self.file.mkdir()
        self.assertEqual(self.read().findings[0].actual, "a directory")
        self.file.rmdir()
        os.mkfifo(self.file)
        self.assertEqual(self.read().findings[0].actual, "a FIFO")
        self.file.unlink()
        self.file.write_text("{")
        self.assertEqual(self.read().state, "unreadable")

    def test_follows_a_link_only_below_the_directory(self) -> None:
        (self.dir / "state/other.json").write_text(json.dumps(NAV))
        self.file.symlink_to("other.json")
        self.assertEqual(self.read().state, "fresh")
        self.file.unlink()
        with tempfile.TemporaryDirectory() as outside:
            target = pathlib.Path(outside, "nav.json")
            target.write_text(json.dumps(NAV))
            self.file.symlink_to(target)
            found = self.read()
        self.assertEqual((found.state, found.findings[0].actual), ("unreadable", "a symbolic link out of the directory"))
        self.assertEqual(self.read().findings[0].actual, "a symbolic link to nothing")

    def test_every_surface_at_once(self) -> None:
        self.assertEqual({each.state for each in Reader(self.dir).read_all()}, {"never"})

    def test_a_name_that_is_none(self) -> None:
        with self.assertRaisesRegex(ValueError, "no state surface; expected one of execution_health"):
            read("events", self.dir)  # type: ignore[arg-type]


if __name__ == "__main__":
    unittest.main()
