from datetime import datetime

import pytest

from models.ledger.merge_preview import preview
from models.ledger.same_person import merge
from models.ledger.training import mark_attendance
from models.records.programme import Programme, Trainee
from tests.conftest import TODAY, a_finding
from tests.models.ledger.test_training import a_session


@pytest.fixture
def meeting(ledger):
    return ledger.save(a_session())


def test_the_preview_says_what_each_has_and_what_counts_once(ledger, kept, gone, meeting):
    programme = ledger.save(Programme(name="优秀年轻干部培训班", begins=TODAY, ends=TODAY))
    for person in (kept, gone):
        ledger.save(Trainee(programme=programme.id, person=person.id))
    other = ledger.save(a_session(starts=datetime(2026, 9, 1, 8)))
    mark_attendance(ledger, meeting, gone, "present")
    mark_attendance(ledger, meeting, kept, "present")
    mark_attendance(ledger, other, gone, "present")
    ledger.save(a_finding(finder="张伟", responsible="张伟"))
    found = preview(ledger, gone, kept)
    assert found.gone.linked == {"考勤": 2, "班次学员": 1}
    assert found.kept.linked == {"考勤": 1, "班次学员": 1}
    assert found.together.linked == {"考勤": 2, "班次学员": 1}
    assert found.twice == {"考勤": 1, "班次学员": 1}
    assert found.kept.written == {"隐患": 2}
    assert found.gone.written == {}
    assert [found.gone.hours, found.kept.hours, found.together.hours] == [6, 3, 6]
    merge(ledger, gone, kept)
    assert preview(ledger, gone, kept).kept == found.together.__class__(
        found.together.linked, {"隐患": 2}, found.together.hours
    )


def test_a_mark_without_a_status_gives_no_hours(ledger, kept, gone, meeting, stranger):
    stranger.create("attendance", session=meeting.id, person=gone.id)
    ledger.receive([stranger.segment()])
    assert preview(ledger, gone, kept).together.hours == 0
