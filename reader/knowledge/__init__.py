"""Entities and dated statements, where they came from, and which entity a name means."""
