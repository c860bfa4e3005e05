"""The tests run the checkout's own code, in this process and in every process they start, over one compiled pack."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "sample_articles" / "articles"
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))


class NoParse:
    """Stands in for the language process where a test is not about it: it is there and has nothing to add."""

    pid = None

    def __init__(self, model: str) -> None:
        self.model = model

    async def start(self) -> None:
        """At once."""

    async def parse(self, requests: object) -> AsyncIterator[object]:
        """No clause is found."""
        for nothing in ():
            yield nothing

    async def close(self) -> None:
        """Nothing to end."""


@pytest.fixture(scope="session")
def no_parse() -> type[NoParse]:
    """The stand-in for the language process."""
    return NoParse


@pytest.fixture(scope="session")
def common(tmp_path_factory) -> Path:
    """A folder that all processes of this run of the tests share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def cache_home(common) -> Path:
    """A cache folder that holds the compiled built-in pack; every folder of tests finds the same one."""
    from reader.knowledge.builtin import builtin_pack, compile_builtin

    home = common / "caveat-cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home))
        pack = builtin_pack()
        if not pack.is_file():
            compile_builtin(pack)
    return home


@pytest.fixture(scope="session")
def command(cache_home, tmp_path_factory):
    """Run `caveat` with these words; gives back exit status, output and errors as bytes."""
    nowhere = tmp_path_factory.mktemp("nobody")

    def run(*words, stdin: bytes = b"", config: Path | None = None, program: list[str] | None = None, **more: str):
        env = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "HOME": str(nowhere / "missing"),
            "XDG_CACHE_HOME": str(cache_home),
            "CAVEAT_CONFIG_DIR": str(config or nowhere / "config"),
            "CAVEAT_DATA_DIR": str(nowhere / "data"),
            "CAVEAT_OFFLINE": "1",
            **more,
        }
        started = [sys.executable, *(program or ["-m", "reader"]), *map(str, words)]
        how = {"capture_output": True, "env": env, "cwd": nowhere, "timeout": 60, "start_new_session": True}
        return subprocess.run(started, input=stdin, **how)

    return run


@pytest.fixture(scope="session")
def checked(command, common):
    """`caveat check` of a sample article; the same words are run once, whichever process of the tests asks first."""
    kept = common / "caveat-checked"
    kept.mkdir(exist_ok=True)

    def run(name: str, *words: str) -> subprocess.CompletedProcess:
        key = kept / hashlib.blake2s(repr((name, words)).encode()).hexdigest()
        if not key.exists():
            mine = key.with_suffix(f".{os.getpid()}")
            mine.write_bytes(pickle.dumps(command("check", SAMPLES / f"{name}.md", *words)))
            mine.replace(key)
        return pickle.loads(key.read_bytes())

    return run
