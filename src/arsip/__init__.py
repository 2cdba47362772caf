"""arsip: a paperless archive for the person at the scanner."""

__version__ = "0.1.0"
