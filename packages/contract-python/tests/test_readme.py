"""The code of the README runs as it stands and prints what stands beside it."""

from __future__ import annotations

import contextlib
import io
import os
import pathlib
import re
import tempfile
import unittest

_README = pathlib.Path(__file__).parents[1] / "README.md"


class Readme(unittest.TestCase):
    def test_runs(self) -> None:
        blocks = re.findall(r"```python\n(.*?)```", _README.read_text("utf-8"), re.DOTALL)
        self.assertGreaterEqual(len(blocks), 4)
        expected = [line[2:] for block in blocks for line in block.split("\n") if line.startswith("# ")]
        printed = io.StringIO()
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as directory:
            os.chdir(directory)
            self.addCleanup(os.chdir, before)
            with contextlib.redirect_stdout(printed):
                scope: dict[str, object] = {}
                for block in blocks:
                    exec(compile(block, str(_README), "exec"), scope)
            os.chdir(before)
        lines = printed.getvalue().split("\n")
        self.assertEqual([line for line in lines if line in expected], expected)
        self.assertTrue(any(line.startswith("fresh ") for line in lines), lines)


if __name__ == "__main__":
    unittest.main()
