"""The wheel that the package builds of itself holds all that it needs, and the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

_BACKEND = pathlib.Path(__file__).parents[1] / "backend"
_USE = """
import hedge_telemetry, sys
assert ".whl" in hedge_telemetry.__file__, hedge_telemetry.__file__
result = hedge_telemetry.append("nav_history", {"nav": 1.5}, dir=sys.argv[1])
print([each.rule for each in result.findings], hedge_telemetry.read("nav", sys.argv[1]).state)
"""


class Wheel(unittest.TestCase):
    def setUp(self) -> None:
        sys.path.insert(0, str(_BACKEND))
        self.addCleanup(sys.path.remove, str(_BACKEND))
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.dir = directory.name

    def test_is_whole_and_works(self) -> None:
        from wheel_backend import build_wheel

        name = build_wheel(self.dir)
        self.assertEqual(name, "hedge_telemetry-0.1.0-py3-none-any.whl")
        path = pathlib.Path(self.dir, name)
        first = path.read_bytes()
        with zipfile.ZipFile(path) as wheel:
            names = wheel.namelist()
            record = wheel.read("hedge_telemetry-0.1.0.dist-info/RECORD").decode().split("\n")
            for line in record[:-2]:
                file, digest, size = line.rsplit(",", 2)
                data = wheel.read(file)
                own = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
                self.assertEqual((digest, size), (f"sha256={own}", str(len(data))))
        self.assertEqual(sorted(line.rsplit(",", 2)[0] for line in record[:-1]), sorted(names))
        self.assertIn("hedge_telemetry/py.typed", names)
        self.assertFalse([each for each in names if "__pycache__" in each])
        build_wheel(self.dir)
        self.assertEqual(path.read_bytes(), first)
        environment = {**os.environ, "PYTHONPATH": str(path)}
        used = subprocess.run(
            [sys.executable, "-c", _USE, self.dir], env=environment, capture_output=True, text=True, check=False
        )
        self.assertEqual((used.returncode, used.stderr), (0, ""))
        self.assertTrue(used.stdout.endswith("never\n"), used.stdout)

    def test_archive_of_the_sources(self) -> None:
        from wheel_backend import build_sdist

        self.assertEqual(build_sdist(self.dir), "hedge_telemetry-0.1.0.tar.gz")
        self.assertEqual(os.listdir(self.dir), ["hedge_telemetry-0.1.0.tar.gz"])


if __name__ == "__main__":
    unittest.main()
