"""The code in the foot of a page: made of what a document says, so that a printed page can be told
from another version. Fonts, page breaks, place and time of printing do not change it.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.reports.paper.faces import clean
from models.reports.paper.page import Page
from models.reports.paper.paper_canvas import Piece

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are read as others
LENGTH = 8


def content_code(title: str, story: Sequence[Flowable | Page]) -> str:
    """The code of a story that has not been drawn yet, such as 7F3K-29QD.

    Blanks and line ends are passed over: where a line has room for them hangs on the fonts.
    """
    digest = sha256()
    for part in chain([title], *map(_said, story)):
        words = part if isinstance(part, bytes) else "".join(clean(part).split()).encode("utf-8")
        digest.update(words)
    number = int.from_bytes(digest.digest()[:LENGTH], "big")
    code = "".join(LETTERS[number >> 5 * place & 31] for place in range(LENGTH))
    return f"{code[:4]}-{code[4:]}"


def _said(item: Flowable | Page) -> Iterable[str | bytes]:
    if isinstance(item, Piece):
        return item.said()
    if isinstance(item, Page):
        return (item.header, item.header_right)
    return _inside(item)


def _inside(item: Flowable) -> Iterator[str | bytes]:
    """What the flowables say that reportlab keeps together; its blanks and breaks say nothing."""
    if isinstance(item, KeepTogether):
        for part in item._content:
            yield from _said(part)
