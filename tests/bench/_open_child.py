"""For opening.py: opens an article with every import done before, and notes when it began and had loaded the text."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from reader.article.load import load_bytes
from reader.desk import DeskOptions
from reader.settings import load_settings
from reader.tui.app import CaveatApp


def main() -> None:
    """Open argv[1]; the two times go to the file argv[2]."""
    path, notes = Path(sys.argv[1]), Path(sys.argv[2])
    data, settings = path.read_bytes(), load_settings()
    began = time.monotonic()
    article = load_bytes(data, name=path.name)
    loaded = time.monotonic()
    notes.write_text(f"{began} {loaded}")
    CaveatApp(article, DeskOptions(), settings).run()


if __name__ == "__main__":
    main()
