"""Widgets: the article, the margin beside it, the head and the foot."""
