"""SQLite's write-ahead log, switched on where others may be beginning the same file."""

from __future__ import annotations

import sqlite3
import time


def write_ahead(db: sqlite3.Connection, patience: float) -> None:
    """Switch to WAL, which SQLite does not wait for by itself while another connection does so.

    Raises sqlite3.OperationalError after `patience` seconds.
    """
    until = time.monotonic() + patience
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
