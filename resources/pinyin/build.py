"""Write initials.txt: a line a letter, `a:` and all Han characters whose pinyin begins with it."""

import unicodedata
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))
# Here these stand almost only in family names, which are not read as the dictionary's first.
FAMILY_NAMES = {"曾": "z", "覃": "q", "翟": "z"}


def initial(character: str, readings: str) -> str:
    """Give the first letter of the most common reading, without its tone mark."""
    return FAMILY_NAMES.get(character) or unicodedata.normalize("NFD", readings)[0]


def lines() -> list[str]:
    """Group every known Han character under its letter, in code point order."""
    letters = dict.fromkeys("abcdefghijklmnopqrstuvwxyz", "")
    for code, readings in sorted(PINYIN_DICT.items()):
        if any(code in block for block in HAN):
            letters[initial(chr(code), readings)] += chr(code)
    return [f"{letter}:{characters}" for letter, characters in letters.items()]


if __name__ == "__main__":
    target = Path(__file__).with_name("initials.txt")
    target.write_text("\n".join(lines()) + "\n", encoding="utf-8", newline="\n")
