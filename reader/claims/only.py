from __future__ import annotations
def find_only(*a): return []
