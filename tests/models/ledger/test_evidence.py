from models.ledger import checklists
from models.ledger.evidence import evidence, save_evidence
from models.ledger.titles import title_of
from models.records.finding import Photo
from models.records.five_management import ChecklistAnswer
from models.records.record import problems_of
from tests.conftest import TODAY
from tests.models.ledger.conftest import MONTH

HASHES = ["a" * 64, "b" * 64]
DRAWER = "fm.ph.03"


def test_photos_belong_to_a_line_also_before_it_is_answered_and_stand_once(
    ledger,
    blank,
):
    assert evidence(ledger, blank, [DRAWER]) == {}
    save_evidence(ledger, blank, DRAWER, [*HASHES, HASHES[0]])
    sheet = checklists.sheet(ledger, MONTH)
    save_evidence(ledger, sheet, DRAWER, HASHES)
    save_evidence(ledger, sheet, "fm.hw.01", HASHES[:1])
    photos = evidence(ledger, sheet, [DRAWER, "fm.hw.02"])
    assert [photo.sha256 for photo in photos[DRAWER]] == HASHES
    assert {(photo.stage, photo.taken_on) for photo in photos[DRAWER]} == {("evidence", TODAY)}
    assert list(photos) == [DRAWER]
    assert len(ledger.all(Photo)) == 3

    answer = checklists.save_answer(ledger, sheet, ChecklistAnswer(line=DRAWER, response="yes"))
    assert photos[DRAWER][0].checklist_answer == answer.id
    assert title_of(ledger, "photo", photos[DRAWER][0].id) == (
        "照片 佐证（自查项 fm.ph.03（五项管理自查表 2026-11））"
    )


def test_a_photo_belongs_to_one_thing():
    assert problems_of(Photo(checklist_answer="k", stage="evidence", sha256="0" * 64)) == {}
    both = Photo(checklist_answer="k", finding="f", stage="evidence", sha256="0" * 64)
    assert list(problems_of(both)) == ["finding"]
