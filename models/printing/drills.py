"""Drills on paper."""

from models.ledger.drills import drill_photos
from models.printing.job import NOTHING, Job
from models.printing.pictures import picture
from models.problems import AppError
from models.records.drill import Drill
from models.reports.drill_record import drill_record
from models.reports.report import Report


def record_of_drill(job: Job, record: str) -> Report:
    """应急演练记录."""
    drill = job.ledger.get(Drill, record)
    if drill is None:
        raise AppError(f"这次演练不在台账里，可能已经删除，{NOTHING}")
    photos = [picture(job.ledger, one, one.caption) for one in drill_photos(job.ledger, drill)]
    return drill_record(job.unit_name(drill.unit), drill, photos, faces=job.faces)
