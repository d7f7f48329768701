"""What an executor does with its telemetry. Run it as it is to see the files: python3 telemetry/publish.py"""

import os
import sys
import time

from hedge_telemetry import Writer

telemetry = Writer(os.environ.get("LOGS_DIR", "__LOGS__"))


def report(result):
    """publish() and append() never raise; what was wrong with a document is in the result."""
    for finding in result.findings:
        print(f"telemetry: {finding}", file=sys.stderr)
    return result.ok


def publish_nav(nav, age_seconds):
    """Once per loop. What is not known is None, never 0."""
    return report(telemetry.publish("nav", {
        "nav_total": nav,
        "nav_age_s": age_seconds,
        "sources_ok": nav is not None,
        "aum": {"futures": nav, "offexchange": {}, "total": nav},
        "nav_health_snapshot": None,
        "updated_at": time.time(),
    }))


def record_fill(symbol, qty, price, is_maker, slippage_bps):
    """Whenever an order fills."""
    return report(telemetry.append("events", {
        "type": "fill",
        "symbol": symbol,
        "qty": qty,
        "price": price,
        "is_maker": is_maker,
        "slippage_bps": slippage_bps,
        "metadata": {},
    }))


if __name__ == "__main__":
    published = publish_nav(10250.5, 0.4)
    recorded = record_fill("BTCUSDT", 0.003, 90210.0, True, -0.4)
    sys.exit(0 if published and recorded else 1)
