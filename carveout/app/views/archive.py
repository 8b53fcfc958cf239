"""The sites and days one keeps."""

from __future__ import annotations
