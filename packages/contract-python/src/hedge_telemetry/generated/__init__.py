"""Generated from the schemas of the telemetry contract; do not edit."""
