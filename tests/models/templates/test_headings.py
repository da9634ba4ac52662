import orjson
import pytest

from models.templates.five_management import AREAS, load_template
from models.templates.headings import AREA_CODES, HEADINGS, groups, heading_of
from tests.conftest import RESOURCES, a_school

FILE = RESOURCES / "checklists" / "five_management.json"


def test_every_area_has_the_code_of_the_inspection_sheet() -> None:
    domains = orjson.loads(FILE.read_bytes())["domains"]
    assert {domain["code"]: domain["inspection_area"] for domain in domains} == AREA_CODES
    assert AREA_CODES.keys() == AREAS.keys()


@pytest.mark.parametrize(
    ("point", "heading"),
    [
        ("B14", "B14"),
        ("C2", "B1"),
        ("C3", "B2"),
        ("C14", "B6"),
        ("C15/C16", "B7"),
        ("C17/C18", "B8"),
        ("C19", "B9"),
        ("", ""),
        ("D1", ""),
    ],
)
def test_a_point_stands_under_its_heading(point: str, heading: str) -> None:
    assert heading_of(point) == heading


def test_every_point_of_the_template_has_a_heading_with_a_name() -> None:
    points = {item.point for item in load_template(FILE).items} - {""}
    assert {heading_of(point) for point in points} <= HEADINGS.keys()


def test_lines_are_grouped_in_the_order_of_the_sheet_with_the_others_last() -> None:
    lines = load_template(FILE).lines(a_school().stages)
    found = groups(line for line in lines if line.item.area == "homework")
    assert [code for code, _ in found] == ["B14", "B15", "B16", ""]
    assert sum(len(under) for _, under in found) == 13
