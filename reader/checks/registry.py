"""The checks that exist, in the order they are shown. Adding one means adding it here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from reader.checks.arithmetic import ArithmeticCheck
from reader.checks.awards import AwardsCheck
from reader.checks.consistency import ConsistencyCheck
from reader.checks.events import EventsCheck
from reader.checks.lifespan import LifespanCheck
from reader.checks.model import Check
from reader.checks.office import OfficeCheck
from reader.checks.people import PeopleCheck
from reader.checks.places import PlacesCheck
from reader.checks.record import RecordCheck
from reader.checks.spaceflight import SpaceflightCheck

CHECKS: tuple[Check, ...] = (
    OfficeCheck(),
    LifespanCheck(),
    EventsCheck(),
    SpaceflightCheck(),
    PlacesCheck(),
    AwardsCheck(),
    PeopleCheck(),
    RecordCheck(),
    ConsistencyCheck(),
    ArithmeticCheck(),
)
NAMES: tuple[str, ...] = tuple(check.name for check in CHECKS)


def chosen(names: Sequence[str] | None) -> tuple[Check, ...]:
    """The checks of those names, all where none is named. Raises KeyError with an unknown name."""
    if not names:
        return CHECKS
    known = {check.name: check for check in CHECKS}
    return tuple(known[name] for name in dict.fromkeys(names))
