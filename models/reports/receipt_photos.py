"""The photos of a 整改回执: before and after beside each other, finding by finding."""

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.reports.case import Case, not_printed
from models.reports.paper.faces import Faces
from models.reports.paper.paragraph import Style
from models.reports.paper.photos import Photo, photo_rows
from models.reports.report import OTHER_PHOTOS, paragraph, photos_below

NO_PHOTO = Photo(b"", unreadable="没有照片")


def photo_pairs(cases: Sequence[Case], faces: Faces) -> list[Flowable]:
    """The pairs, then what nobody said the time of, and how many photos are left out."""
    others = photos_below(OTHER_PHOTOS, [one for case in cases for one in case.others], faces)
    words = not_printed(cases)
    told = [paragraph(words, Style(faces.body, 12, 24, before=6))] if words else []
    found: list[Flowable] = [*_pairs(cases, faces), *others, *told]
    if not found or found == others:
        return found
    title = paragraph(
        "附：整改前后对照照片", Style(faces.hei, 12, 24, before=8, keep_with_next=True)
    )
    return [KeepTogether([title, found[0]]), *found[1:]]


def _pairs(cases: Sequence[Case], faces: Faces) -> list[Flowable]:
    """Before at the left, after at the right; a finding without photos is left out."""
    small = Style(faces.hei, 11, 20, before=6)
    found: list[Flowable] = []
    for number, case in enumerate(cases, 1):
        heading = paragraph(f"第{number}项　{case.finding.place or ''}", small)
        pairs = max(len(case.before), len(case.after))
        for at in range(pairs):
            pair = [
                (side[at] if at < len(side) else NO_PHOTO) for side in (case.before, case.after)
            ]
            rows = photo_rows(pair, faces=faces)
            found.append(KeepTogether([heading, *rows]) if at == 0 else rows[0])
    return found
