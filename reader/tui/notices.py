"""Notices that are shown only while enough of their time is left."""

from __future__ import annotations

from collections.abc import Iterator

from textual.notifications import Notification, Notifications

_LEAST = 0.25  # seconds


class LastingNotifications(Notifications):
    """Textual's notifications without those that are about to end.

    A toast starts a timer of the time that is left, and a timer of less than no time (the notice ended, or the clock was
    set, between the look and the start) never gives the event loop back: the program would stand still.
    """

    def __iter__(self) -> Iterator[Notification]:
        """Those that can still be shown."""
        return (notice for notice in super().__iter__() if notice.time_left > _LEAST)
