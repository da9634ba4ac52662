"""Drills on paper."""

from models.ledger.drills import drill_photos
from models.printing.job import NOTHING, Job
from models.problems import AppError
from models.records.drill import Drill
from models.records.fields import show_day
from models.records.finding import Photo as PhotoRecord
from models.reports.drill_record import drill_record
from models.reports.paper.photos import Photo
from models.reports.report import Report


def record_of_drill(job: Job, record: str) -> Report:
    """应急演练记录."""
    drill = job.ledger.get(Drill, record)
    if drill is None:
        raise AppError(f"这次演练不在台账里，可能已经删除，{NOTHING}")
    photos = [_picture(job, photo) for photo in drill_photos(job.ledger, drill)]
    return drill_record(job.unit_name(drill.unit), drill, photos, faces=job.faces)


def _picture(job: Job, photo: PhotoRecord) -> Photo:
    """The photo, or an empty frame whose caption tells that it has not arrived."""
    data = job.ledger.photo(photo.sha256 or "")
    day = show_day(photo.taken_on) if photo.taken_on else ""
    words = [photo.caption, day, None if data else "（照片未收到）"]
    return Photo(data or b"", "\u3000".join(filter(None, words)))
