"""
Load for the tests that run beside TypeScript: ``load.py publish|append|read DIRECTORY COUNT [NAME]``, or ``load.py write
DIRECTORY TIME`` with lines ``{"surface": …, "document": …}`` on stdin. Prints what it counted as JSON.
"""

from __future__ import annotations

import collections
import json
import sys
from typing import Any

from hedge_telemetry import STATE_NAMES, Reader, Redactor, Result, Writer

_HOLDINGS = 400


def nav(number: int) -> dict[str, Any]:
    """A document of some 30 kB in which every figure is the same."""
    holdings = {f"ASSET{index}": {"qty": number, "usd_value": number} for index in range(_HOLDINGS)}
    return {
        "nav_total": number,
        "nav_age_s": 0,
        "sources_ok": True,
        "aum": {"futures": number, "offexchange": holdings, "total": number},
        "nav_health_snapshot": None,
        "updated_at": 1_764_000_000 + number,
    }


def event(name: str, number: int) -> dict[str, Any]:
    """A line of some kilobytes, so that it does not fit into one page of the file."""
    return {
        "type": "cancel",
        "symbol": "BTCUSDT",
        "qty": None,
        "price": None,
        "is_maker": None,
        "slippage_bps": None,
        "metadata": {"by": name, "number": number, "filling": ["abc def"] * (number % 700)},
    }


def write(directory: str, now: float) -> collections.Counter[str]:
    """Writes given documents and records at a given time."""
    said: collections.Counter[str] = collections.Counter()
    writer = Writer(directory, now=lambda: now, redactor=Redactor({}))
    for line in sys.stdin:
        given = json.loads(line)
        put: Any = writer.publish if given["surface"] in STATE_NAMES else writer.append
        _count(said, put(given["surface"], given["document"]))
    return said


def main() -> None:
    action, directory, count, *name = sys.argv[1:]
    if action == "write":
        print(json.dumps(write(directory, float(count))))
        return
    said: collections.Counter[str] = collections.Counter()
    writer, reader = Writer(directory), Reader(directory)
    for number in range(int(count)):
        if action == "publish":
            _count(said, writer.publish("nav", nav(number)))
        elif action == "append":
            _count(said, writer.append("events", event(name[0], number)))
        else:
            found = reader.read("nav")
            said["torn" if found.state in ("unreadable", "invalid") or not _is_whole(found.value) else "read"] += 1
    print(json.dumps(said))


def _count(said: collections.Counter[str], result: Result) -> None:
    said["ok" if result.ok else "refused"] += 1
    said.update(each.rule for each in result.findings)


def _is_whole(value: dict[str, Any] | None) -> bool:
    return value is None or value["aum"]["offexchange"]["ASSET399"]["qty"] == value["nav_total"]


if __name__ == "__main__":
    main()
