"""Shared by the tests of the command: the real command in a process of its own, with folders of its own and no terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import reader
from reader.knowledge.builtin import builtin_pack, compile_builtin

ROOT = Path(reader.__file__).parents[1]
SAMPLES = ROOT / "sample_articles" / "articles"


@pytest.fixture(scope="session")
def cache_home(tmp_path_factory) -> Path:
    """A cache folder that holds the compiled built-in pack; every folder of tests finds the same one."""
    home = tmp_path_factory.getbasetemp() / "caveat-cache"
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

    def run(*words, stdin: bytes = b"", config: Path | None = None, program: list[str] | None = None, **more: str) -> subprocess.CompletedProcess:
        env = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "HOME": str(nowhere / "missing"),
            "XDG_CACHE_HOME": str(cache_home),
            "CAVEAT_CONFIG_DIR": str(config or nowhere / "config"),
            **more,
        }
        started = program or ["-m", "reader"]
        return subprocess.run([sys.executable, *started, *map(str, words)], input=stdin, capture_output=True, env=env, cwd=nowhere, timeout=60, start_new_session=True)

    return run


@pytest.fixture(scope="session")
def checked(command):
    """`caveat check` of a sample article, each set of words run once."""
    done: dict[tuple, subprocess.CompletedProcess] = {}

    def run(name: str, *words: str) -> subprocess.CompletedProcess:
        if (name, words) not in done:
            done[name, words] = command("check", SAMPLES / f"{name}.md", *words)
        return done[name, words]

    return run
