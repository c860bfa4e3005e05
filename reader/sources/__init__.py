"""Public sources: one module a source behind one protocol, one polite and bounded HTTP client."""
