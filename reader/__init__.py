"""Caveat: read an article beside the evidence for what it says."""

__version__ = "0.1.0"
