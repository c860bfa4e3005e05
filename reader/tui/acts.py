"""What actions are to the screen: each part of it gives the acts that it knows, by their ids in the key map."""

from __future__ import annotations

from collections.abc import Callable

Acts = dict[str, Callable[[], object]]
