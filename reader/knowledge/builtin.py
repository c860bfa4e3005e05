"""The built-in pack: compiled into the wheel, or in a checkout on first use into the cache, keyed by its sources' hash."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from reader.knowledge.build import PackBuilder, read_entities
from reader.knowledge.facts import read_facts
from reader.knowledge.model import EntityRecord
from reader.knowledge.schema import VERSION, PackError
from reader.knowledge.tables import read_tables
from reader.resources import resource_dir

PACK_NAME = "builtin.pack"


def builtin_pack() -> Path:
    """Where the compiled pack is, or will be once `compile_builtin` has made it."""
    folder = resource_dir("sample_articles")
    ready = folder / PACK_NAME
    if ready.is_file():
        return ready
    from platformdirs import user_cache_path

    return user_cache_path("caveat") / f"builtin-{sources_hash(folder)}.pack"


def compile_builtin(out: Path, folder: Path | None = None) -> None:
    """Compile the readable sources under sample_articles/ into `out`. Raises PackError, FactError, OSError."""
    with PackBuilder(out, name="built-in") as builder:
        builder.add(records(folder or resource_dir("sample_articles")))
        builder.finish()


async def compile_in_process() -> None:
    """Compile the pack in a process of its own, so that nobody who waits for keys has to wait. Raises PackError."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "reader.knowledge.builtin",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, errors = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        last = errors.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise PackError(f"the built-in pack could not be compiled ({last[0] if last else process.returncode})")


def records(folder: Path) -> Iterator[EntityRecord]:
    """Everything the built-in pack is made of, the hand-made facts first."""
    for facts in sorted((folder / "facts").glob("*.toml")):
        yield from read_facts(facts)
    yield from read_tables(folder / "tables")
    yield from read_entities(folder / "tables" / "wikidata-agencies.jsonl.gz")


def sources_hash(folder: Path) -> str:
    """A short hash over the sources and the code that compiles them, so that neither can change unnoticed."""
    digest = hashlib.blake2s(str(VERSION).encode(), digest_size=8)
    files = [f for sub in ("facts", "tables") for f in sorted((folder / sub).iterdir()) if f.is_file()]
    package = Path(__file__).parent.parent
    files += [*sorted((package / "knowledge").glob("*.py")), package / "dates.py", package / "article" / "clean.py"]
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def main() -> int:
    """Compile the pack where `builtin_pack` looks for it: run as a process of its own, so that no screen waits."""
    out = builtin_pack()
    if not out.is_file():
        compile_builtin(out)
    sys.stdout.write(f"{out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
