"""Make the shipped fonts: `python resources/fonts/build.py [folder of the packed packages]`.

The same packages and the same fonttools give the same bytes, so a rebuild shows no difference.
"""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
SANS = "noto-sans-sc"
SERIF = "noto-serif-sc"
VERSION = "0.4.3"
FONTS = (
    ("NotoSansSC-Regular.ttf", SANS, "400Regular/NotoSansSC_400Regular.ttf"),
    ("NotoSansSC-Bold.ttf", SANS, "700Bold/NotoSansSC_700Bold.ttf"),
    ("NotoSerifSC-Regular.ttf", SERIF, "400Regular/NotoSerifSC_400Regular.ttf"),
    ("NotoSerifSC-Bold.ttf", SERIF, "700Bold/NotoSerifSC_700Bold.ttf"),
)
RARE = ("NotoSansSC-Rare.ttf", SANS, "400Regular/NotoSansSC_400Regular.ttf")
KAI = ("CampusKai-Regular.ttf", "fonts-lxgw-wenkai", "LXGWWenKai-Regular.ttf")
QUOTES = set(map(ord, "“”‘’"))  # narrow there; 公文 wants the full width of the other faces
KAI_NAME = "Campus Kai"  # LXGW is a reserved name, so a changed font has another
LEFT_OUT = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "STAT", "meta", "kern"]
# Latin, Greek and Cyrillic are in GB2312 already; these are the signs people paste beside it.
SIGN_BLOCKS = (
    (0x20, 0x7F),
    (0xA0, 0x180),
    (0x2010, 0x2070),
    (0x2070, 0x20D0),
    (0x2100, 0x2200),
    (0x2200, 0x2300),
    (0x2460, 0x2610),
    (0x3000, 0x3100),
    (0x3200, 0x3400),
    (0xFF00, 0xFFF0),
)
# What forms tick, drawn here because Noto Sans SC lacks it: as large as its □, on a full square.
FRAME = (
    ((100, -20), (100, 780), (900, 780), (900, -20)),
    ((160, 40), (840, 40), (840, 720), (160, 720)),
)
TICK = (((220, 365), (280, 425), (418, 286), (724, 628), (786, 572), (422, 164)),)
CROSS = (
    (
        *((260, 200), (440, 380), (260, 560), (320, 620), (500, 440), (680, 620)),
        *((740, 560), (560, 380), (740, 200), (680, 140), (500, 320), (320, 140)),
    ),
)
MARKS = {"☐": FRAME, "☑": FRAME + TICK, "☒": FRAME + CROSS, "✔": TICK, "✗": CROSS}


def standard_characters() -> set[int]:
    """GB2312 and ASCII."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    standard = {ord(char) for pair in pairs for char in pair.decode("gb2312", "ignore")}
    return standard | set(range(0x20, 0x7F))


def everyday_characters() -> set[int]:
    """GB2312, the 8,105 characters of 通用规范汉字表, and signs."""
    beyond = (HERE / "beyond_gb2312.txt").read_text(encoding="utf-8")
    signs = {code for first, end in SIGN_BLOCKS for code in range(first, end)}
    return standard_characters() | {ord(char) for char in beyond if char != "\n"} | signs


def unpack(packages: Path, name: str) -> Path:
    """The folder of one unpacked package, packed by npm first where it is not there yet."""
    archive = packages / f"expo-google-fonts-{name}-{VERSION}.tgz"
    if not archive.exists():
        npm = shutil.which("npm") or "npm"  # Windows starts npm.cmd only by its full name
        subprocess.run(
            [npm, "pack", f"@expo-google-fonts/{name}@{VERSION}"], cwd=packages, check=True
        )
    folder = packages / name
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def unpack_debian(packages: Path, name: str) -> Path:
    """The folder of one unpacked Debian package, downloaded first where it is not there yet."""
    if not [*packages.glob(f"{name}_*.deb")]:
        subprocess.run(["apt-get", "download", "-qq", name], cwd=packages, check=True)
    archive, *_ = sorted(packages.glob(f"{name}_*.deb"))
    folder = packages / name
    subprocess.run(["dpkg-deb", "--extract", str(archive), str(folder)], check=True)
    return folder


def write_subset(source: Path, target: Path, characters: set[int]) -> None:
    """Write the glyphs of the characters without hinting and layout tables."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.drop_tables += LEFT_OUT
    font = subset.load_font(source, options, dontLoadGlyphNames=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.save(target)


def characters_of(file: Path) -> set[int]:
    """The codes of all characters of a font."""
    return set(TTFont(file).getBestCmap())


def rename(file: Path, name: str) -> str:
    """Give a written font another name in all its records; returns who holds the copyright."""
    font = TTFont(file, recalcTimestamp=False)
    postscript = f"{name.replace(' ', '')}-Regular"
    names = {1: name, 3: f"{name} Regular", 4: name, 6: postscript}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    font.save(file)
    return str(font["name"].getDebugName(0)).replace("\r\n", "\n")


def add_marks(file: Path) -> None:
    """Add the check marks to a written font."""
    font = TTFont(file, recalcTimestamp=False)
    for char, outline in MARKS.items():
        pen = TTGlyphPen(None)
        for contour in outline:
            pen.moveTo(contour[0])
            for point in contour[1:]:
                pen.lineTo(point)
            pen.closePath()
        name = f"uni{ord(char):04X}"
        glyph = font["glyf"][name] = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (1000, glyph.xMin)
        for table in font["cmap"].tables:
            table.cmap[ord(char)] = name
    font.save(file)


def build(packages: Path) -> None:
    """Write every font and the licence beside this script."""
    folders = {name: unpack(packages, name) for name in (SANS, SERIF)}
    characters = everyday_characters()
    for target, package, path in FONTS:
        write_subset(folders[package] / path, HERE / target, characters)
    source = folders[RARE[1]] / RARE[2]
    write_subset(source, HERE / RARE[0], characters_of(source) - characters_of(HERE / FONTS[0][0]))
    add_marks(HERE / RARE[0])
    licence = (folders[SANS] / "LICENSE_FONT").read_text(encoding="utf-8")
    (HERE / "OFL.txt").write_text(licence, encoding="utf-8", newline="\n")
    kai = next(unpack_debian(packages, KAI[1]).rglob(KAI[2]))
    write_subset(kai, HERE / KAI[0], standard_characters() - QUOTES)
    holders = rename(HERE / KAI[0], KAI_NAME)
    terms = licence[licence.index("This Font Software") :]
    (HERE / "OFL-CampusKai.txt").write_text(f"{holders}\n\n{terms}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            build(Path(folder))
