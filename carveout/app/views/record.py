"""Write a day from paper notes."""

from __future__ import annotations
