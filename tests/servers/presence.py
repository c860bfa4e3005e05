"""Whether the programs that tests need are there: elsewhere a test says plainly what it skipped, in CI that is a failure."""

from __future__ import annotations

import os

import pytest


def require(missing: list[str]) -> None:
    """Skip, naming Debian's packages that are missing; fail where `CAVEAT_SERVERS=required` says that they must be there."""
    if missing:
        reason = f"needs Debian's {', '.join(missing)}"
        if os.environ.get("CAVEAT_SERVERS") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
