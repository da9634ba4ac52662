from dataclasses import replace
from decimal import Decimal

from models.records.programme import Programme
from models.reports.completion_certificate import Graduate, completion_certificates
from models.reports.paper.faces import Faces
from tests.conftest import TODAY
from tests.models.ledger.growing import a_programme
from tests.models.reports.conftest import NASTY, SEEN, Print

ISSUER = "示例县教育局"
ZHAO = Graduate("赵𬱖", "示例县实验小学", "2026-001", Decimal("44.67"))
GOLDEN = (
    "结业证书编号：2026-001"
    "赵𬱖同志（示例县实验小学）于2026年3月1日至2026年12月31日参加优秀年轻干部培训班学习，"
    "完成培训44.67学时，准予结业。特发此证。"
    "示例县教育局（盖章）2026年11月23日"
)


def test_a_certificate_names_person_period_hours_issuer_and_number(
    on_paper: Print, faces: Faces
) -> None:
    paper = on_paper(completion_certificates(ISSUER, a_programme(), TODAY, [ZHAO], faces=faces))
    assert paper.pages == [GOLDEN]


def test_a_batch_is_a_sheet_each(on_paper: Print, faces: Faces) -> None:
    many = [ZHAO._replace(number=f"2026-{number:03}") for number in range(1, 61)]
    paper = on_paper(completion_certificates(ISSUER, a_programme(), TODAY, many, faces=faces))
    assert [page[len("结业证书编号：") :][:8] for page in paper.pages] == [
        one.number for one in many
    ]


def test_hours_nobody_kept_and_days_nobody_set_are_not_made_up(
    on_paper: Print, faces: Faces
) -> None:
    nobody_kept = ZHAO._replace(hours=Decimal(0))
    report = completion_certificates(
        ISSUER, Programme(name="培训班"), TODAY, [nobody_kept], faces=faces
    )
    assert "于至参加培训班学习，准予结业。" in on_paper(report).text


def test_whatever_people_type_stays_on_one_sheet(on_paper: Print, faces: Faces) -> None:
    programme = replace(a_programme(), name="鑫" * 40 + NASTY)
    paper = on_paper(completion_certificates(ISSUER, programme, TODAY, [ZHAO], faces=faces))
    assert len(paper.pages) == 1
    assert SEEN in paper.text
