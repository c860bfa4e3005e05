"""The ledger of verdicts: sorted, the same in every run, each article as of its own day."""

from __future__ import annotations

import pytest

FAIR = "The fair at Ash\n\nFriday, July 21, 2017\n\nThe fair opened on Monday, 17 July 2017.\n"
CLUB = (
    "---\ndate: 2020-02-03\n---\n# The club\n\n"
    "The club will meet on Sunday, 9 February 2020, and met on Tuesday, 4 May 2015.\n"
)


@pytest.fixture
def lines(load_script, unparsed, builtin_cache, tmp_path):
    """What the ledger writes of two tiny articles, twice; the folder is left out."""
    (tmp_path / "b-fair.txt").write_text(FAIR, "utf-8")
    (tmp_path / "a-club.md").write_text(CLUB, "utf-8")
    (tmp_path / "notes.bin").write_bytes(b"\0\1")
    script = load_script("ledger")
    first, again = list(script.ledger([tmp_path])), list(script.ledger([tmp_path / "b-fair.txt", tmp_path]))
    assert first == again
    return [line.replace(f"{tmp_path.as_posix()}/", "").split("\t") for line in first]


def test_each_verdict_has_a_line_with_its_file_paragraph_label_check_claim_and_explanation(lines):
    assert ["b-fair.txt", "3", "supported", "arithmetic", "Monday, 17 July 2017"] in [line[:5] for line in lines]
    refuted = [line for line in lines if line[2] == "refuted"]
    assert [line[:4] for line in refuted] == [["a-club.md", "2", "refuted", "arithmetic"]]
    assert "4 May 2015 is a Monday" in refuted[0][5]


def test_files_come_in_order_and_end_with_their_totals(lines):
    assert [line[0] for line in lines] == sorted(line[0] for line in lines)
    assert {line[0]: line[5] for line in lines if line[2] == "totals"} == {
        "a-club.md": "1 supported, 1 refuted, 0 conflicting, 0 not-enough-evidence, 0 not-checkable",
        "b-fair.txt": "1 supported, 0 refuted, 0 conflicting, 0 not-enough-evidence, 0 not-checkable",
    }


def test_an_article_speaks_from_its_own_day(lines):
    days = {line[0]: (line[4], line[5]) for line in lines if line[2] == "as of"}
    assert days == {"a-club.md": ("2020-02-03", "metadata"), "b-fair.txt": ("2017-07-21", "text")}


def test_a_file_that_cannot_be_read_has_a_line_that_says_so(load_script, unparsed, builtin_cache, tmp_path):
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (line,) = load_script("ledger").ledger([tmp_path])
    assert line.split("\t")[2] == "unreadable"
