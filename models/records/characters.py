"""How many characters (字数) a text has, by the method of word processors, named with its version.

cn-words/1, decided once so that figures of different years can be added up:

- each Chinese character counts 1, and so does each Chinese punctuation mark, kana, circled number
  and full-width letter or digit;
- whatever else stands together, without white space or a Chinese character between, counts 1 as a
  whole: a word of Latin or another script, a number, with the half-width punctuation and the signs
  that touch it (`3.14`, `don't`, `2026-11-23`); half-width punctuation among Chinese counts 1 a
  run, and so do emoji: however many stand in a row, they are one;
- white space and control characters count 0, and so does what cannot be seen alone: joiners,
  variation selectors, combining marks.

Quotation marks “ ” ‘ ’, —, … and · are shared by all scripts; here they are Chinese.
"""

import re
import unicodedata
from typing import Final

METHOD: Final = "cn-words/1"
_CHINESE = (
    "\u00b7\u2014\u2015\u2018\u2019\u201c\u201d\u2025\u2026\u203b"  # · — ― ‘ ’ “ ” ‥ … ※
    "\u2460-\u24ff\u2776-\u2793"  # circled numbers
    "\u2e80-\u2fff\u3001-\u312f\u3190-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffe6"
    "\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
_COUNTED = re.compile(f"[{_CHINESE}]|[^\\s{_CHINESE}]+")
_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cs"})


def count_characters(text: str) -> int:
    """字数 of a text by `METHOD`."""
    return sum(1 for _ in _COUNTED.finditer("".join(map(_seen, text))))


def _seen(char: str) -> str:
    """The character; a blank for a control character, nothing for what stands in no place."""
    category = unicodedata.category(char)
    if category == "Cc":
        return " "
    return "" if category in _UNSEEN else char
