import pytest

from models.ledger import findings
from models.ledger.titles import PARENTS, title_of
from models.records.catalogue import RECORD_TYPES
from models.records.fields import Link
from models.records.finding import Photo
from models.records.record import fields_of
from models.records.training import Attendance
from tests.conftest import a_finding, a_step
from tests.models.ledger.test_schedule import a_drill


@pytest.mark.parametrize(("table", "links"), PARENTS.items())
def test_whatever_belongs_to_another_record_is_linked_to_it(table, links):
    kinds = fields_of(RECORD_TYPES[table])
    assert links
    assert all(isinstance(kinds[name], Link) for name in links)


def test_a_name_says_what_kind_of_record_and_which(ledger):
    finding = ledger.save(a_finding(description="字" * 30))
    step = findings.take_step(ledger, finding, a_step("graded"))
    assert title_of(ledger, "finding", finding.id) == f"隐患 {'字' * 16}…"
    assert title_of(ledger, "finding_step", step.id) == f"办理步骤 定级（隐患 {'字' * 16}…）"
    assert title_of(ledger, "finding", "nobody.1") == "隐患"
    assert title_of(ledger, "organisation", ledger.organisation.id) == "单位 示例县实验小学"
    drill = ledger.save(a_drill())
    photo = ledger.save(Photo(drill=drill.id, stage="drill", sha256="0" * 64))
    assert title_of(ledger, "photo", photo.id) == "照片 演练（应急演练 秋季消防疏散）"
    lonely = ledger.save(Attendance(session="nobody.1", person="nobody.2", status="present"))
    assert title_of(ledger, "attendance", lonely.id) == "考勤（培训活动）"
