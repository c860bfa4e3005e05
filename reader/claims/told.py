from __future__ import annotations
def find_told(*a): return []
