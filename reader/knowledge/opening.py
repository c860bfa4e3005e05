"""Opening the reader's packs and the built-in one, which a checkout compiles on first use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reader.knowledge.builtin import builtin_pack, compile_in_process
from reader.knowledge.pack import Knowledge, Pack
from reader.knowledge.schema import PackError


async def open_knowledge(
    own: Sequence[Path], *, builtin: bool, failed: Callable[[PackError | OSError], object]
) -> Knowledge:
    """The reader's packs first, then the built-in one; each that cannot be opened is told to `failed`.

    Raises PackError where none of those asked for could be opened.
    """
    paths = list(own)
    if builtin:
        path = builtin_pack()
        try:
            if not path.is_file():
                await compile_in_process()
            paths.append(path)
        except (PackError, OSError) as error:
            failed(error)
    packs: list[Pack] = []
    for path in paths:
        try:
            packs.append(Pack(path))
        except (PackError, OSError) as error:
            failed(error)
    if not packs and paths:
        raise PackError("no pack could be opened")
    return Knowledge(packs)
