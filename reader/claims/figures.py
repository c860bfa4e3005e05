from __future__ import annotations
def find_figures(*a): return []
