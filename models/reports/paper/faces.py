"""The faces of a report: which font each role has, and which font steps in for a rare character."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple

from models.problems import AppError
from models.reports.paper.font_file import FontFile, UnfitFont
from models.reports.paper.squeeze import CLOSING, HALF, MEETING, OPENING, PAIR

BOX = "□"
NOWHERE: Sequence[int] = ()
FULL_WIDTH = 990.0  # thousandths; half of a narrower mark is no blank to be taken away
LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
SANS, SANS_BOLD = "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"
SERIF, SERIF_BOLD = "NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf"
KAI, RARE = "CampusKai-Regular.ttf", "NotoSansSC-Rare.ttf"

# Names under which Windows or an office suite installs the official faces; the first is taken.
SYSTEM_FILES = {
    "title": ("fzxbsjw.ttf", "fzxbsk.ttf", "方正小标宋简体.ttf", "fzxbsjw--gb1-0.ttf"),
    "body": ("simfang.ttf", "仿宋_gb2312.ttf", "fangsong_gb2312.ttf"),
    "kai": ("simkai.ttf", "楷体_gb2312.ttf", "kaiti_gb2312.ttf"),
    "hei": ("simhei.ttf",),
}
SHIPPED_FILES = {
    "title": SERIF_BOLD,
    "body": SERIF,
    "kai": KAI,
    "hei": SANS_BOLD,
    "table": SANS,
    "table_bold": SANS_BOLD,
}


class Glyph(NamedTuple):
    """Where a character is drawn from; `known` is false where only a box can be drawn."""

    font: FontFile
    number: int
    known: bool


class Widths(dict[str, float]):
    """Widths of characters in parts of the font size, worked out when first asked for."""

    def __init__(self, face: "Face") -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> float:
        glyph = self._face.glyph(char)
        width = self[char] = glyph.font.advance(glyph.number) / 1000
        return width


class Face:
    """A font and those that step in for characters it lacks."""

    def __init__(self, fonts: Sequence[FontFile]) -> None:
        self.fonts = tuple(fonts)
        self.widths = Widths(self)
        self.widths["\n"] = 0.0
        self.blank_ends = self._half_blank(CLOSING)  # marks whose right half is blank
        self._blank_starts = self._half_blank(OPENING)

    def glyph(self, char: str) -> Glyph:
        """The glyph of the first font that has the character, else a box."""
        return (
            self._search(char, True) or self._search(BOX, False) or Glyph(self.fonts[0], 0, False)
        )

    def width(self, text: str, size: float) -> float:
        """How wide the text is on one line."""
        return (sum(map(self.widths.__getitem__, text)) - HALF * len(self.narrowed(text))) * size

    def advances(self, text: str, size: float, tracking: float = 0) -> list[float]:
        """How far each character leads to the next; nothing at a line end."""
        widths = self.widths
        found = [widths[char] * size for char in text]
        if tracking:
            found = [max(width + tracking, 0) for width in found]
        for at in self.narrowed(text):
            found[at] -= HALF * size
        return found

    def narrowed(self, text: str) -> Sequence[int]:
        """The places of the marks that are only half as wide, because of the mark beside them."""
        if MEETING.search(text) is None:
            return NOWHERE
        places = []
        for found in PAIR.finditer(text):
            at = found.start()
            if text[at] in self.blank_ends:
                places.append(at)
            elif text[at + 1] in self._blank_starts and text[at] in OPENING:
                places.append(at + 1)
        return places

    def _half_blank(self, marks: str) -> frozenset[str]:
        found = set()
        for mark in marks:
            glyph = self.glyph(mark)
            left, right = glyph.font.sides(glyph.number)
            inner = right if marks is CLOSING else 1000 - left
            if glyph.font.advance(glyph.number) >= FULL_WIDTH and inner <= 500:
                found.add(mark)
        return frozenset(found)

    def _search(self, char: str, known: bool) -> Glyph | None:
        code = ord(char)
        for font in self.fonts:
            if number := font.glyphs.get(code):
                return Glyph(font, number, known)
        return None


@dataclass(frozen=True)
class Faces:
    """The face of each role on paper."""

    title: Face
    body: Face
    kai: Face
    hei: Face
    table: Face
    table_bold: Face

    def files(self) -> dict[str, Path]:
        """Role and the font file that it really uses."""
        return {role.name: getattr(self, role.name).fonts[0].path for role in fields(self)}


def find_faces(fonts_folder: Path, system_folders: Iterable[Path] = ()) -> Faces:
    """The official faces where a system folder has them, else the shipped ones."""
    shipped = {
        name: _shipped(fonts_folder / name)
        for name in dict.fromkeys([*SHIPPED_FILES.values(), RARE])
    }
    installed = _installed(system_folders)
    steps = [shipped[SERIF], shipped[SANS], shipped[RARE]]
    faces = {}
    for role, name in SHIPPED_FILES.items():
        first = _first_fit(installed, SYSTEM_FILES.get(role, ())) or shipped[name]
        faces[role] = Face([first, *(font for font in steps if font is not first)])
    return Faces(**faces)


def clean(text: str) -> str:
    """The text as paper can show it: one kind of line end and of blank, nothing invisible."""
    if text.isprintable():
        return text
    return "".join(map(_clean_char, text.replace("\r\n", "\n")))


def _clean_char(char: str) -> str:
    if char.isprintable() or char in "\n\u3000":
        return char
    if char in LINE_ENDS:
        return "\n"
    kind = unicodedata.category(char)
    if kind == "Zs" or char == "\t":
        return " "
    if kind == "Cs":
        return "\ufffd"
    return "" if kind in ("Cc", "Cf") else char


def _shipped(path: Path) -> FontFile:
    try:
        return FontFile(path)
    except UnfitFont as error:
        raise AppError(f"字体文件无法读取：{path}。程序可能没有装完整，请重新安装。") from error


def _installed(folders: Iterable[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                found.setdefault(path.name.lower(), path)
    return found


def _first_fit(installed: dict[str, Path], names: Sequence[str]) -> FontFile | None:
    for name in names:
        if name in installed:
            try:
                return FontFile(installed[name])
            except UnfitFont:
                continue
    return None
