"""The built-in pack: what it knows of the sample story, and that it is compiled the same everywhere."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import reader
from reader.dates import parse_iso
from reader.knowledge.builtin import compile_builtin, sources_hash
from reader.knowledge.facts import FactError
from reader.knowledge.pack import Pack
from reader.knowledge.resolve import Resolver
from reader.resources import resource_dir

ROOT = Path(reader.__file__).parents[1]
SAMPLES = resource_dir("sample_articles")


@pytest.fixture
def sources(tmp_path) -> Path:
    """A copy of the sources that may be changed."""
    folder = tmp_path / "samples"
    for name in ("facts", "tables"):
        shutil.copytree(SAMPLES / name, folder / name)
    return folder


def _run(code: str, tmp: Path, **more: str) -> str:
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp / "missing"),
        "XDG_CACHE_HOME": str(tmp / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=env | more, cwd=tmp, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("name", "prop", "value", "start", "end"),
    [
        ("Bill Nelson", "P39", "Q358841", "2021-05-03", "2025-01-20"),
        ("Jim Bridenstine", "P39", "Q358841", "2018-04-23", "2021-01-20"),
        ("Robert Lightfoot", "P39", "Q358841", "2017-01-20", "2018-04-23"),
        ("Dmitry Rogozin", "P39", "local:head-of-roscosmos", "2018-05-24", "2022-07-15"),
        ("Yuri Borisov", "P39", "local:head-of-roscosmos", "2022-07-15", "2025-02-06"),
        ("Vladimir Putin", "P39", "Q218295", "2012-05-07", None),
        ("Joe Biden", "P39", "Q11696", "2021-01-20", None),
        ("SpaceX", "P169", "Q317521", "2002-03-14", None),
        ("Soyuz MS-22", "P619", "2022-09-21", None, None),
        ("SpaceX Crew-5", "P619", "2022-10-05", None, None),
        ("SpaceX Crew-5", "P620", "2023-03-11", None, None),
        ("Crew Dragon Demo-2", "P619", "2020-05-30", None, None),
        ("Apollo-Soyuz Test Project", "P585", "1975-07-17", None, None),
        ("International Space Station", "P619", "1998-11-20", None, None),
        ("NASA", "P571", "1958-07-29", None, None),
        ("Russian invasion of Ukraine", "P580", "2022-02-24", None, None),
        ("annexation of Crimea by Russia", "P585", "2014-03", None, None),
        ("Intermediate-Range Nuclear Forces Treaty", "P576", "2019-08-02", None, None),
        ("John Glenn", "P570", "2016-12-08", None, None),
        ("Scott Kelly", "P569", "1964-02-21", None, None),
    ],
)
def test_it_knows_the_people_and_flights_of_the_story_with_their_dates(builtin, name, prop, value, start, end):
    found = [(s.value, s.start, s.end) for e, _ in builtin.named(name) for s in builtin.statements(e.id, prop)]
    assert (value, start, end) in found


@pytest.mark.parametrize(
    ("flight", "crew"),
    [
        ("Soyuz MS-22", {"Frank Rubio", "Sergey Prokopyev", "Dmitry Petelin"}),
        ("SpaceX Crew-5", {"Anna Kikina", "Koichi Wakata", "Nicole Mann", "Josh Cassada"}),
    ],
)
def test_a_crew_is_known_from_the_flight_and_from_each_of_its_people(builtin, flight, crew):
    missions = {e.id for e, _ in builtin.named(flight)}
    aboard = {s.value for mission in missions for s in builtin.statements(mission, "P1029")}
    assert {builtin.label(p) for p in aboard} == crew
    assert {s.subject for mission in missions for s in builtin.statements_with(mission, "P450")} == aboard


# beside local:soyuz-ms-22), so that the flights of the sample story are ambiguous
@pytest.mark.parametrize("flight", ["Soyuz MS-22", "SpaceX Crew-5", "Crew Dragon Demo-2", "Apollo-Soyuz Test Project"])
def test_a_flight_of_the_story_is_one_thing(builtin, flight):
    found = Resolver(builtin, parse_iso("2022-07-17")).anything(flight)
    assert (found.reason, len(found.candidates)) == ("one", 1)


def test_acting_heads_of_nasa_are_acting(builtin):
    acting = {builtin.label(s.subject) for s in builtin.statements_with("Q358841", "P39") if s.acting}
    assert acting == {"Robert Lightfoot Jr.", "Steve Jurczyk", "Janet Petro", "Sean Duffy"}


def test_every_statement_says_where_it_is_from_since_when_it_is_known_and_under_which_licence(builtin_path):
    pack = Pack(builtin_path)
    with sqlite3.connect(builtin_path) as db:
        subjects = [s for (s,) in db.execute("SELECT DISTINCT subject FROM statement")]
    bare = [
        s.id
        for subject in subjects
        for s in pack.statements(subject)
        if not (s.provenance.source and s.known_until and s.provenance.licence)
    ]
    assert bare == []


def test_it_holds_between_twenty_and_thirty_five_thousand_statements_and_more_names_than_entities(builtin_path):
    counts = Pack(builtin_path).counts
    assert 20_000 <= counts["statement"] <= 35_000
    assert counts["entity"] > 10_000
    assert counts["alias"] > counts["entity"]


def test_no_statement_that_differs_shares_its_id_with_another(builtin_path):
    with sqlite3.connect(builtin_path) as db:
        assert db.execute("SELECT id FROM statement GROUP BY id HAVING count(DISTINCT body) > 1").fetchall() == []


def test_nearly_every_row_of_the_office_table_is_a_term(builtin_path):
    with (SAMPLES / "tables" / "office-holders.csv").open(encoding="utf-8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if r["person_id"]]
    with sqlite3.connect(builtin_path) as db:
        (terms,) = db.execute(
            "SELECT count(*) FROM statement WHERE id GLOB 'table/*/P39/*' AND id NOT GLOB '*/leaders'"
        ).fetchone()
    assert terms == len(rows)


def test_it_is_compiled_in_less_than_thirty_seconds(tmp_path):
    started = time.perf_counter()
    compile_builtin(tmp_path / "x.pack")
    assert time.perf_counter() - started < 30


def _dump(path: str) -> dict[str, list]:
    with sqlite3.connect(path) as db:
        tables = [t for (t,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        dump = {table: sorted(map(repr, db.execute(f"SELECT * FROM {table}"))) for table in tables}
    dump["manifest"] = [row for row in dump["manifest"] if not row.startswith("('made'")]
    return dump


def test_the_same_sources_give_the_same_content_in_every_place_language_and_time_zone(tmp_path, builtin_path):
    code = "from pathlib import Path; from reader.knowledge.builtin import compile_builtin as c; c(Path({!r}))"
    expected = _dump(str(builtin_path))
    assert len(expected["statement"]) > 20_000
    for seed, zone, language in (("1", "Pacific/Kiritimati", "C"), ("4711", "America/Los_Angeles", "tr_TR.UTF-8")):
        out = tmp_path / f"{seed}.pack"
        _run(code.format(str(out)), tmp_path, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=language)
        assert _dump(str(out)) == expected


@pytest.mark.parametrize(
    "place", ["facts/spaceflight.toml", "tables/office-holders.csv", "tables/wikidata-agencies.jsonl.gz"]
)
def test_the_sources_hash_changes_when_a_source_does(sources, place):
    before = sources_hash(sources)
    data = bytearray((sources / place).read_bytes())
    data[-10] ^= 1
    (sources / place).write_bytes(data)
    assert sources_hash(sources) != before


def test_the_sources_hash_changes_with_a_new_a_missing_and_a_renamed_source_and_not_with_the_place(sources):
    hashes = [sources_hash(SAMPLES), sources_hash(sources)]
    assert hashes[0] == hashes[1]
    (sources / "facts" / "more.toml").write_text('source = "x"\nsnapshot = "2024"\n')
    hashes.append(sources_hash(sources))
    (sources / "facts" / "more.toml").rename(sources / "facts" / "other.toml")
    hashes.append(sources_hash(sources))
    (sources / "tables" / "countries.csv").unlink()
    hashes.append(sources_hash(sources))
    assert len(set(hashes)) == 4


@pytest.mark.parametrize("file", ["knowledge/names.py", "knowledge/tables.py", "dates.py", "article/clean.py"])
def test_the_sources_hash_changes_with_the_code_that_compiles(tmp_path, file):
    shutil.copytree(ROOT / "reader", tmp_path / "reader", ignore=shutil.ignore_patterns("__pycache__"))
    code = "from pathlib import Path; from reader.knowledge.builtin import sources_hash as h; print(h(Path({!r})))"
    code = code.format(str(SAMPLES))
    before = _run(code, tmp_path, PYTHONPATH=str(tmp_path))
    with (tmp_path / "reader" / file).open("a") as stream:
        stream.write("\n# changed\n")
    assert _run(code, tmp_path, PYTHONPATH=str(tmp_path)) != before


def test_a_checkout_compiles_it_on_first_use_into_the_cache_and_only_once(tmp_path):
    code = "from reader.knowledge.builtin import main; main()"
    first = Path(_run(code, tmp_path))
    if first.parent == SAMPLES:
        pytest.skip("the pack is already compiled into sample_articles")
    stamp = first.stat().st_mtime_ns
    assert tmp_path / "cache" in first.parents
    assert sources_hash(SAMPLES) in first.name
    assert Pack(first).manifest["name"] == "built-in"
    assert Path(_run(code, tmp_path)) == first
    assert first.stat().st_mtime_ns == stamp
    assert [p.name for p in first.parent.iterdir()] == [first.name]


@pytest.mark.parametrize("fault", ["fact", "table"])
def test_faulty_sources_leave_no_half_pack(sources, tmp_path, fault):
    if fault == "fact":
        (sources / "facts" / "zz.toml").write_text('source = "x"\nsnapshot = "2024"\n[[entity]]\nid = "Q1"\n')
    else:
        (sources / "tables" / "countries.csv").unlink()
    out = tmp_path / "out" / "x.pack"
    with pytest.raises(FactError if fault == "fact" else OSError):
        compile_builtin(out, sources)
    assert list(out.parent.iterdir()) == []


def test_a_missing_folder_of_the_program_is_told_with_what_to_do():
    assert resource_dir("sample_articles").is_dir()
    with pytest.raises(FileNotFoundError, match="'nonsense' is missing: install"):
        resource_dir("nonsense")
