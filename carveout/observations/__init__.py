"""Observed workdays from files: YAML documents and tables (CSV, Excel, Parquet) to one timeline, and back."""

from carveout.observations.limits import DEFAULT_LIMITS, Limits
from carveout.observations.reading import Reading, read, read_bytes, read_uploads
from carveout.observations.schema import schema
from carveout.observations.template import template
from carveout.observations.write import write_yaml

__all__ = [
    "DEFAULT_LIMITS",
    "Limits",
    "Reading",
    "read",
    "read_bytes",
    "read_uploads",
    "schema",
    "template",
    "write_yaml",
]
