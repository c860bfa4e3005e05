"""The language worker, a real process: it parses, keeps our sentences, fails in one line, leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.language.client import LanguageWorker, WorkerError
from reader.language.model import ParseRequest
from reader.language.worker import PINNED_MODEL

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and process numbers are POSIX here")

SECONDS_TO_GO = 10

PROGRAM = f"""
import asyncio
from reader.language.client import LanguageWorker
from reader.language.model import ParseRequest

LONG_ONES = [ParseRequest(number, "We saw it and we did it. " * 200, [0]) for number in range(16)]

async def main():
    worker = LanguageWorker({PINNED_MODEL!r})
    await worker.start()
    {{}}

asyncio.run(main())
"""


@pytest.fixture
async def worker(root):
    running = LanguageWorker(PINNED_MODEL)
    await running.start()
    yield running
    await running.close()


async def parse(worker, *requests):
    return [answer async for answer in worker.parse(requests)]


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def is_gone_soon(pid):
    deadline = time.monotonic() + SECONDS_TO_GO
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_running(pid)


async def test_a_paragraph_comes_back_as_tokens_that_stand_where_they_say(worker):
    text = "Bill Nelson, 79, has led NASA since 2021."
    (answer,) = await parse(worker, ParseRequest(7, text, [0]))
    words = [text[start:end] for start, end in zip(answer.parse.starts, answer.parse.ends, strict=True)]
    assert answer.id == 7
    assert words == ["Bill", "Nelson", ",", "79", ",", "has", "led", "NASA", "since", "2021", "."]
    assert ("PERSON", "Bill Nelson") in [(e.label, " ".join(words[e.first : e.last])) for e in answer.parse.entities]
    assert answer.parse.lemmas[words.index("led")] == "lead"


async def test_every_paragraph_is_answered_in_order_and_an_empty_one_too(worker):
    requests = [ParseRequest(number, f"There were {number} men." if number % 7 else "", [0]) for number in range(40)]
    assert [answer.id for answer in await parse(worker, *requests)] == list(range(40))


async def test_the_parser_keeps_our_sentences_and_makes_none_of_its_own(worker):
    text = "He left early. She stayed late. They met again."
    ours, one = await parse(worker, ParseRequest(1, text, [0, 15, 32]), ParseRequest(2, text, [0]))
    roots = [token for token, head in enumerate(ours.parse.heads) if head == token]
    assert [text[ours.parse.starts[root] : ours.parse.ends[root]] for root in roots] == ["left", "stayed", "met"]
    for start, end in ((0, 15), (15, 32), (32, len(text))):
        tokens = ours.parse.tokens_in(start, end)
        assert all(ours.parse.heads[token] in tokens for token in tokens)
    assert sum(head == token for token, head in enumerate(one.parse.heads)) == 1


async def test_a_worker_that_is_killed_ends_in_one_line_and_leaves_no_process(worker):
    pid = worker.pid
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(WorkerError) as stopped:
        await parse(worker, *(ParseRequest(number, "There were men.", [0]) for number in range(40)))
    await worker.close()
    assert "stopped" in str(stopped.value)
    assert "\n" not in str(stopped.value)
    assert is_gone_soon(pid)


async def test_a_closed_worker_is_gone_and_says_so_when_it_is_asked_again(worker):
    pid = worker.pid
    await worker.close()
    assert is_gone_soon(pid)
    assert worker.pid is None
    with pytest.raises(WorkerError, match="not running"):
        await parse(worker, ParseRequest(1, "There were men.", [0]))


def test_the_process_ends_by_itself_when_its_pipe_closes(root):
    with subprocess.Popen(
        [sys.executable, "-m", "reader.language.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        length = int.from_bytes(process.stdout.read(4), "big")
        assert b"ready" in process.stdout.read(length)
        process.stdin.close()
        assert process.wait(SECONDS_TO_GO) == 0


def test_no_orphan_is_left_when_the_reader_itself_is_killed(root):
    program = PROGRAM.format("print(worker.pid, flush=True); await asyncio.sleep(600)")
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as reader:
        pid = int(reader.stdout.readline())
        assert is_running(pid)
        reader.kill()
        reader.wait(SECONDS_TO_GO)
    assert is_gone_soon(pid)


async def test_a_model_that_is_not_installed_is_refused_by_its_name_in_one_line(root):
    worker = LanguageWorker("xx_no_such_model")
    with pytest.raises(WorkerError) as refused:
        await worker.start()
    await worker.close()
    assert "xx_no_such_model" in str(refused.value)
    assert "\n" not in str(refused.value)


def copy_of_the_language_package(root, folder):
    (folder / "reader").mkdir()
    shutil.copy(root / "reader" / "__init__.py", folder / "reader")
    shutil.copytree(
        root / "reader" / "language", folder / "reader" / "language", ignore=shutil.ignore_patterns("__pycache__")
    )
    return folder / "reader" / "language" / "model_hashes.json"


@pytest.mark.parametrize("change", ["another hash", "a missing file"])
async def test_a_model_with_other_bytes_than_the_tested_ones_is_refused_in_one_line(
    root, tmp_path, monkeypatch, change
):
    hashes = copy_of_the_language_package(root, tmp_path)
    expected = json.loads(hashes.read_text("utf-8"))
    name = next(file for file in expected if file.endswith("config.cfg")) if change == "another hash" else "gone.bin"
    hashes.write_text(json.dumps(expected | {name: "0" * 64}), "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    worker = LanguageWorker(PINNED_MODEL)
    with pytest.raises(WorkerError) as refused:
        await worker.start()
    await worker.close()
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


async def test_the_code_of_a_tampered_model_never_runs(root, tmp_path, monkeypatch):
    fake = tmp_path / PINNED_MODEL
    fake.mkdir()
    (fake / "__init__.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(root)]))
    worker = LanguageWorker(PINNED_MODEL)
    with pytest.raises(WorkerError):
        await worker.start()
    await worker.close()
    assert not (tmp_path / "ran").exists()


async def test_a_parse_that_was_given_up_leaves_no_answers_for_the_next_one(worker):
    given_up = worker.parse([ParseRequest(number, "There were men.", [0]) for number in range(3)])
    assert (await anext(given_up)).id == 0
    await given_up.aclose()
    assert [answer.id for answer in await parse(worker, ParseRequest(9, "Nobody was hurt.", [0]))] == [9]


def output_of(statement):
    """What a reader of its own prints, so that one that hangs can be ended."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(statement)], capture_output=True, text=True, timeout=45
        )
    except subprocess.TimeoutExpired:
        pytest.fail("it hangs")
    return done.stdout.strip()


def test_long_paragraphs_do_not_make_reader_and_worker_wait_for_each_other(root):
    many = "worker.parse([*LONG_ONES, ParseRequest(16, 'x' * 300_000, [0])])"
    assert output_of(f"print([answer.id async for answer in {many}], flush=True); await worker.close()") == str(
        [*range(17)]
    )


def test_closing_amid_a_parse_of_long_paragraphs_ends_and_leaves_no_process(root):
    amid = "pid = worker.pid; await anext(worker.parse(LONG_ONES)); await asyncio.sleep(3)"
    assert is_gone_soon(int(output_of(f"{amid}; await worker.close(); print(pid, flush=True)")))
