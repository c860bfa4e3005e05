"""The compact facts files: what they can say, and that an error names the file and the entity."""

from __future__ import annotations

import pytest

from reader.knowledge.facts import FactError, facts_from, read_facts

HEAD = 'source = "A test"\nsnapshot = "2024-01-01"\nlicence = "CC0"\nurl = "https://example.org/"\n'
GOOD = (
    HEAD
    + """
[[entity]]
id = "local:somebody"
label = "Somebody"
kind = "person"
aliases = ["Some Body"]
statements = [
  { property = "P569", value = "1960" },
  { property = "P39", value = "Q358841", start = "2018-05", end = "?", acting = true },
  { property = "P106", value = "engineer", source = "Her book", retrieved = "2020-02-02" },
  { property = "P570", value = "somevalue" },
]
"""
)


@pytest.fixture
def facts(tmp_path):
    def read(text: str | bytes):
        path = tmp_path / "moon.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(read_facts(path))

    return read


def test_a_facts_file_says_who_what_since_when_and_from_where(facts):
    (record,) = facts(GOOD)
    born, held, job, died = record.statements
    assert (record.entity.id, record.entity.kind, record.aliases) == ("local:somebody", "person", ("Some Body",))
    assert str(born.date) == "1960"
    assert (held.value_kind, held.start, held.end, held.acting) == ("entity", "2018-05", "?", True)
    assert (job.value_kind, job.provenance.source, job.provenance.retrieved) == ("text", "Her book", "2020-02-02")
    assert job.provenance.url is None, "a fact from another source does not borrow the file's address"
    assert (born.provenance.source, born.provenance.retrieved) == ("A test", "2024-01-01")
    assert (died.value_kind, died.date) == ("somevalue", None)


@pytest.mark.parametrize(
    "fault",
    ['start = "May 2018"', 'end = "2018-13-01"', 'at = "2018-02-30"', 'retrieved = "yesterday"'],
)
def test_a_date_that_is_none_is_told_with_file_and_entity(facts, fault):
    with pytest.raises(FactError) as told:
        facts(
            HEAD
            + f'[[entity]]\nid = "local:x"\nlabel = "X"\nstatements = [{{property = "P39", value = "Q1", {fault}}}]'
        )
    assert "moon" in str(told.value)
    assert "local:x" in str(told.value)
    assert fault.split('"')[1] in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ("label = 7", "label"),
        ('label = "X"\nkind = "wizard"', "kind"),
        ('label = "X"\ncolour = "red"', "colour"),
        ('label = "X"\nstatements = [{property = "P39"}]', "value"),
        ("", "label"),
        ('label = "X"\nstatements = [{property = "P39", value = "Q1", start = 2018-05-24}]', "start"),
    ],
)
def test_a_wrong_key_is_told_with_file_entity_and_key(facts, fault, key):
    with pytest.raises(FactError) as told:
        facts(HEAD + f'[[entity]]\nid = "local:fine"\nlabel = "Fine"\n[[entity]]\nid = "local:x"\n{fault}')
    message = str(told.value)
    assert "moon.toml" in message
    assert "local:x" in message or "entity[1]" in message
    assert key in message
    assert "\n" not in message


@pytest.mark.parametrize("text", ["source = ", '[[entity]]\nid = "x"', 'snapshot = "2024"', "\x00"])
def test_a_file_that_is_no_facts_file_is_told_by_its_name(facts, text):
    with pytest.raises(FactError, match=r"^moon\.toml: [^\n]+$"):
        facts(text)


def test_a_file_in_another_encoding_is_told_by_its_name(facts):
    with pytest.raises(FactError, match=r"moon\.toml"):
        facts(GOOD.replace("Somebody", "Sömebody").encode("latin-1"))


def test_an_entity_in_two_blocks_of_a_file_keeps_all_its_facts(facts):
    block = '[[entity]]\nid = "local:x"\nlabel = "X"\nstatements = [{property = "%s", value = "2001"}]\n'
    records = facts(HEAD + block % "P569" + block % "P570")
    assert len({s.id for r in records for s in r.statements}) == 2


def test_the_facts_of_a_test_world_tell_what_is_wrong_with_them():
    with pytest.raises(FactError, match=r"^a case: .*label"):
        list(facts_from({"snapshot": "2024-01-01", "entities": [{"id": "Q1"}]}, "a case"))


def test_values_pass_the_door_that_keeps_control_codes_out(facts):
    (record,) = facts(
        HEAD
        + '[[entity]]\nid = "local:x"\nlabel = "X\\u001b[31m"\nstatements = [{property = "P106", value = "a\\u202eb"}]'
    )
    assert "\x1b" not in record.entity.label
    assert record.statements[0].value == "ab"
