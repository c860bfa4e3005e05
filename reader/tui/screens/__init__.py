"""Screens: each composes widgets and routes messages, and does nothing else."""
