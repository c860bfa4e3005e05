"""How soon sources' answers are there, from servers that take 100 ms for each: `python tests/bench/sources.py`.

Real MediaWiki and the replay of Wikidata behind proxies that hold every answer back for 100 ms. Three cold readings of each
article, every one in a process of its own with an empty store; the median is printed.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
LATENCY = 0.1
RUNS = 3
ENTITIES = 60


def label(entity: dict) -> str:
    """An entity's English label."""
    return entity["labels"]["en"]["value"]


def names_of(entity: dict) -> set[str]:
    """All its English names."""
    aliases = (entity.get("aliases") or {}).get("en", [])
    return {a["value"] for a in aliases} | ({label(entity)} if "en" in entity.get("labels", {}) else set())


def agencies_article(chosen: list[dict]) -> str:
    """An article that names sixty agencies, some a sentence, as a survey of them would."""
    names = [label(entity) for entity in chosen]
    paragraphs = [
        f"Officials of the {names[n]} met those of the {names[n + 1]} on Tuesday. The {names[n + 2]} sent nobody.\n"
        for n in range(0, len(names) - 2, 3)
    ]
    return "Agencies meet\n\n" + "\n".join(paragraphs)


def measured(words: list[str], env: dict[str, str]) -> list[dict[str, float]]:
    """Each run's marks."""
    found = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            child = [
                sys.executable,
                str(ROOT / "tests/bench/_sources_child.py"),
                words[0],
                f"{folder}/e.sqlite",
                *words[1:],
            ]
            done = subprocess.run(child, capture_output=True, text=True, env=env, check=True)
            found.append(json.loads(done.stdout))
    return found


def median(runs: list[dict[str, float]], key: str) -> float:
    """The median of one mark, or of one mark after another ("a-b")."""
    first, _, second = key.partition("-")
    return statistics.median(r[first] - (r[second] if second else 0) for r in runs)


def main() -> None:
    """Start the servers, measure, print."""
    from reader.knowledge.names import normal
    from tests.servers import harbour as world
    from tests.servers.faults import FaultProxy
    from tests.servers.mediawiki import MediaWiki, WikiPage
    from tests.servers.wikidata import WikidataReplay, agencies

    entities = {**agencies(), **world.entities()}
    linked = [e for e in agencies().values() if "enwiki" in (e.get("sitelinks") or {}) and "en" in e["labels"]]
    borne = Counter(normal(name) for e in agencies().values() for name in names_of(e))
    chosen = [e for e in linked if len(label(e).split()) > 1 and borne[normal(label(e))] == 1][:ENTITIES]
    pages = [WikiPage(e["sitelinks"]["enwiki"]["title"], f"{label(e)} is an agency.", item=e["id"]) for e in chosen]  # fmt: skip
    pages += [WikiPage(label(e), redirect_to=e["sitelinks"]["enwiki"]["title"]) for e in chosen if label(e) != e["sitelinks"]["enwiki"]["title"]]  # fmt: skip
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        wikidata = stack.enter_context(WikidataReplay(entities))
        wiki = stack.enter_context(MediaWiki(folder / "wiki", [*pages, *world.pages()]))
        late = [
            stack.enter_context(FaultProxy(upstream, seed=1, kinds=["delay"], patience=LATENCY))
            for upstream in (wikidata.api.rsplit("/w/", 1)[0], wiki.server)
        ]
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "CAVEAT_CONFIG_DIR": str(folder / "config"),
            "CAVEAT_DATA_DIR": str(folder / "data"),
            "CAVEAT_SOURCES_WIKIDATA_URL": f"{late[0].url}/w/api.php",
            "CAVEAT_SOURCES_WIKIPEDIA_URL": f"{late[1].url}/w/api.php",
        }
        ferries, survey = folder / "ferries.txt", folder / "survey.txt"
        ferries.write_text(world.ARTICLE)
        survey.write_text(agencies_article(chosen))
        one = measured([str(ferries), world.AS_OF], env)
        many = measured([str(survey), "2021-07-01"], env)
    print(f"every answer {LATENCY * 1000:.0f} ms late, medians of {RUNS} cold runs")
    print(
        f"first verdict of a source after the language worker is ready: {median(one, 'verdict-ready'):+.2f} s (goal 1)"
    )
    print(
        f"first verdict of a source after the process began: {median(one, 'verdict'):.2f} s (goal 4, after first paint)"
    )
    print(f"{ENTITIES}-entity article whole after the worker is ready: {median(many, 'done-ready'):.2f} s (goal 4)")
    print(
        f"  entities with a mention {median(many, 'entities'):.0f}, requests {median(many, 'requests'):.0f} (goal 20)"
    )


if __name__ == "__main__":
    main()
