"""How the command tells people that something is wrong: one line on standard error."""

from __future__ import annotations

import sys
from typing import NoReturn

from reader.article.clean import clean_line


def warn(message: str) -> None:
    """One line on standard error; the work goes on."""
    sys.stderr.write(f"caveat: {clean_line(message)}\n")


def stop(message: str) -> NoReturn:
    """One line on standard error, and exit status 2. Raises SystemExit."""
    warn(message)
    sys.exit(2)
