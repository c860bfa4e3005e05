"""A saved pack: somebody without a network, without our store and without our built-in pack sees what we saw."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reader.article.load import ArticleError, load_bytes
from reader.article.saved import from_bytes, to_bytes
from reader.cli.input import Asked, desk_options, read_article
from reader.desk.saving import save_evidence
from reader.report.as_json import report
from reader.settings import Settings
from tests.online.conftest import spoken

pytestmark = pytest.mark.xdist_group("servers")


def asked() -> Asked:
    return Asked(None, offline=True, packs=(), builtin=True, checks=(), max_bytes=1 << 20)


@pytest.fixture
async def saved(article, options, tmp_path, read):
    out = tmp_path / "ferries.pack"
    await save_evidence(article, options, out)
    return out


async def test_the_pack_opens_by_itself_with_the_same_verdicts_cards_and_quotes(saved, article, options, result_of):
    seen = await result_of(article, options, online=False)
    opened = read_article(str(saved), asked(), Settings())
    theirs = await result_of(opened, desk_options(Settings(), asked(), str(saved)))
    ours, others = report(seen), report(theirs)
    assert spoken(theirs)
    for part in ("claims", "entities", "unclaimed", "totals"):
        assert others[part] == ours[part], part
    assert others["article"]["paragraphs"] == ours["article"]["paragraphs"]
    assert others["article"]["as_of"] == ours["article"]["as_of"]


async def test_whoever_was_only_looked_up_is_no_more_certain_in_the_pack_than_before(options, result_of, tmp_path):
    text = "The vet\n\nAnna Bergstrom was born in 1982 and treats horses in a village. She said on Friday that the mare was well.\n"
    vet = load_bytes(text.encode(), name="vet.txt", as_of="2021-06-01")
    out = tmp_path / "vet.pack"
    await save_evidence(vet, options, out)
    result = await result_of(vet, replace(desk_options(Settings(), asked(), str(out))))
    assert not [labels for labels in spoken(result).values() if "refuted" in labels]


def test_the_command_saves_and_opens_it(command, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text(
        "Space\n\nNASA administrator Jim Bridenstine met the head of Roscosmos, Dmitry Rogozin, in Moscow on Friday.\n"
    )
    out = tmp_path / "story.pack"
    done = command("pack", "save", story, out, "--as-of", "2019-03-01")
    assert done.returncode == 0, done.stderr
    before = json.loads(command("check", story, "--as-of", "2019-03-01", "--format", "json").stdout)
    story.unlink()
    after = json.loads(command("check", out, "--format", "json").stdout)
    assert after["claims"] == before["claims"]
    assert any(v["label"] == "supported" for c in after["claims"] for v in c["verdicts"])


def test_a_pack_without_an_article_is_no_article(command, tmp_path):
    facts = tmp_path / "facts.toml"
    facts.write_text('source = "ours"\nsnapshot = "2020-01-01"\n[[entity]]\nid = "local:a"\nlabel = "A B"\n')
    pack = tmp_path / "facts.pack"
    assert command("pack", "build", pack, "--facts", facts).returncode == 0
    done = command("check", pack)
    assert done.returncode == 2
    assert b"--pack" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"paragraphs": 3}', b'{"paragraphs": [["body"]]}', b"\xff\xfe"])
def test_a_damaged_article_in_a_pack_is_said_in_one_line(data):
    with pytest.raises(ArticleError) as told:
        from_bytes(data, "a.pack")
    assert "\n" not in str(told.value)


def test_an_article_comes_back_as_it_was(article):
    back = from_bytes(to_bytes(article), "a.pack")
    assert back.paragraphs == article.paragraphs
    assert back.as_of == article.as_of
    assert (back.title, back.language) == (article.title, article.language)


def test_hostile_words_in_a_saved_article_pass_the_same_door(article):
    hostile = b'{"paragraphs": [["body", "a\\u001b]0;evil\\u0007\\u202eb"]], "title": "\\u001b[2Jt", "url": "javascript:alert(1)"}'
    back = from_bytes(hostile, "a.pack")
    shown = f"{back.title}{back.paragraphs[0].text}"
    assert not any(ord(c) < 32 or c == "\u202e" for c in shown)
    assert back.url is None
