"""Key to frame while sources fail: the same article offline and online in a storm of faults, keys in turns of ten.

The storm stands before real servers and never stops: resets, stalls, half bodies, junk, 429 and the rest, for four
answers in five. What is measured is what `keys.py` measures: from writing a key until the screen has changed and gone
quiet. Goal: the p95 in the storm is that of the calm one, give or take a fifth.
"""

from __future__ import annotations

import contextlib
import random
import sys
import tempfile
from pathlib import Path

from _shared import Figures, Terminal, arguments, compile_pack, percentile, workplace
from keys import Place, tell, turn

PARAGRAPHS = 400
WORDS = "¶ {}/402"


def article(titles: list[str]) -> str:
    """Paragraphs that name the harbour's people, so that there is always something to ask."""
    dice = random.Random(3)
    told = [
        f"{dice.choice(titles)} said on Tuesday that {n} ferries had failed the inspection of the Harbour Safety Agency. "
        f"The divers of {dice.choice(titles)} looked at every hull, and found {n % 7} cracks in the oldest of them.\n"
        for n in range(PARAGRAPHS)
    ]
    return "Ferries fail\n\nThe first paragraph stands alone here, and names nobody at all.\n\n" + "\n".join(told)


def main() -> None:
    """Measure and tell."""
    options = arguments(__doc__)
    figures = Figures("keys_in_a_storm", options.quick)
    count = 4 if options.quick else 20
    from tests.servers import harbour as world
    from tests.servers.faults import KINDS, FaultProxy

    kinds = [k for k in KINDS if k != "huge"]
    with workplace() as (folder, env), contextlib.ExitStack() as stack:
        compile_pack(env)
        wiki = stack.enter_context(tempfile.TemporaryDirectory())
        servers = stack.enter_context(world.harbour(Path(wiki) / "wiki"))
        storms = [
            stack.enter_context(FaultProxy(upstream, seed=seed, share=0.8, patience=1.0, kinds=kinds))
            for seed, upstream in enumerate((servers.wikidata.api.rsplit("/w/", 1)[0], servers.mediawiki.server))
        ]
        path = folder / "ferries.txt"
        path.write_text(article(["Anna Bergstrom", "Karl Lind", "Eva Holm"]), "utf-8")
        online = {
            **env,
            "CAVEAT_DATA_DIR": str(folder / "data"),
            "CAVEAT_SOURCES_WIKIDATA_URL": f"{storms[0].url}/w/api.php",
            "CAVEAT_SOURCES_WIKIPEDIA_URL": f"{storms[1].url}/w/api.php",
        }
        program = [sys.executable, "-m", "reader"]
        calm = stack.enter_context(Terminal([*program, "--offline", str(path)], env))
        stormy = stack.enter_context(Terminal([*program, str(path)], online))
        places = {}
        for name, terminal in (("calm", calm), ("storm", stormy)):
            terminal.wait_for("checked in")
            places[name] = Place(terminal, WORDS, 1)
        times: dict[str, list[float]] = {"calm": [], "storm": []}
        dice = random.Random(7)
        for number in range(count):
            for name, place in places.items():
                frames, _ = turn(place, ("j" if number % 2 == 0 else "k") * 10, dice)
                times[name] += frames
        for name, found in times.items():
            tell(figures, name, found)
        figures.tell("ratio_p95", percentile(times["storm"], 95) / percentile(times["calm"], 95), "x", "1.2")
        figures.tell("faults", sum(n for p in storms for kind, n in p.counts.items() if kind != "clean"))
    figures.write(options.json)


if __name__ == "__main__":
    main()
