"""A notice that ends while it is being shown must not stop the program."""

from __future__ import annotations

import asyncio
import time

from textual.notifications import Notification


async def test_a_notice_that_ends_as_it_is_shown_leaves_the_keys_alive(open_reader, monkeypatch):
    async with open_reader() as seen:
        notice = Notification("soon gone", timeout=0.1)
        seen.app._notifications.add(notice)
        shown = list(seen.app._notifications)
        seen.app.notify("stays", markup=False)
        monkeypatch.setattr("textual.notifications.time", lambda: time.time() + 0.1)  # the clock is set on a little
        await asyncio.sleep(0)
        await seen.press("j")
        assert notice not in shown
        assert [n.message for n in seen.app._notifications] == ["stays"]
        assert seen.pane.paragraph == 1
