"""Photos of the ledger as the papers show them."""

from models.ledger.ledger import Ledger
from models.records.fields import show_day
from models.records.finding import Photo as PhotoRecord
from models.reports.paper.photos import Photo


def picture(ledger: Ledger, photo: PhotoRecord, *words: str | None) -> Photo:
    """The photo below these words and its day, or an empty frame where it has not arrived."""
    data = ledger.photo(photo.sha256 or "")
    day = show_day(photo.taken_on) if photo.taken_on else ""
    told = (*words, day, "" if data else "（照片未收到）")
    return Photo(data or b"", "\u3000".join(filter(None, told)))
