"""Whether an article may tell of two people of one name: father and son, namesakes, a senior and a junior."""

from __future__ import annotations

import re

from reader.article.model import Article

_TWO_OF_A_NAME = re.compile(
    r"\b(?:namesakes?|senior|junior|the\selder|the\syounger|Sr|Jr|same\sname|no\srelation|unrelated|(?:named|called)\s(?:after|for)|two\smen\scalled|another(?=\s[A-Z]|\s(?:man|woman|person)\b)|dynasty)\b"
)
_KIN = (
    r"(?:sons?|daughters?|grand(?:sons?|daughters?|child(?:ren)?|father|mother)|father|mother|nephews?|uncles?|family)"
)
_NEAR = 60  # characters


def tells_of_namesakes(article: Article, name: str) -> bool:
    """Whether any paragraph has words that two people of this name are told apart by, or kin beside the name."""
    surname = re.escape(name.split()[-1])
    kin = re.compile(rf"\b{surname}\b.{{0,{_NEAR}}}\b{_KIN}\b|\b{_KIN}\b.{{0,{_NEAR}}}\b{surname}\b")
    return any(_TWO_OF_A_NAME.search(p.text) or kin.search(p.text) for p in article.paragraphs)
