"""Whether an article may tell of two people of one name: father and son, namesakes, a senior and a junior."""

from __future__ import annotations

import re

from reader.article.model import Article

_TWO_OF_A_NAME = re.compile(
    r"\b(?:sons?|daughters?|grand(?:sons?|daughters?|child(?:ren)?|father|mother)|father|mother|nephews?|namesakes?|"
    r"senior|junior|elder|the\syounger|Sr|Jr|same\sname|no\srelation|unrelated|(?:named|called)\s(?:after|for)|two\smen\scalled|another|dynasty|family)\b"
)


def tells_of_namesakes(article: Article) -> bool:
    """Whether any paragraph has words that two people of one name are told apart by."""
    return any(_TWO_OF_A_NAME.search(paragraph.text) for paragraph in article.paragraphs)
