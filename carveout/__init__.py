"""Carve jobs for older workers out of observed workdays in care homes and nurseries."""

__version__ = "0.1.0"
