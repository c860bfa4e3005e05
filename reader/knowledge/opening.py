"""Opening the reader's packs and the built-in one, which a checkout compiles on first use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reader.knowledge.builtin import builtin_pack, compile_in_process
from reader.knowledge.pack import Knowledge, Pack
from reader.knowledge.schema import PackError


async def open_knowledge(
    own: Sequence[Path],
    *,
    builtin: bool,
    failed: Callable[[PackError | OSError], object],
    live: Pack | None = None,
    kind: type[Knowledge] = Knowledge,
) -> Knowledge:
    """The reader's packs first, then the evidence store's (`live`), then the built-in one; what cannot be opened is told to `failed`.

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
    if live is not None:
        packs.insert(min(len(packs), sum(pack.path in own for pack in packs)), live)
    if not packs and paths:
        raise PackError("no pack could be opened")
    return kind(packs)
