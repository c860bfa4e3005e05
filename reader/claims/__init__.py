"""Sentences become claims: exact spans that can be true or false, or a stated reason why there is none."""
