import pytest

from models.records.finding import CATEGORIES
from models.records.review_fields import FIELD_OF_CATEGORY, FIELDS, OTHER, field_of
from tests.conftest import a_finding


def test_there_are_the_nine_fields_of_the_province_and_a_rest():
    assert len(FIELDS) == 10
    assert "、".join(name.partition("（")[0] for name in FIELDS.values()) == (
        "三防、校车、周边、消防用电、校舍、设施与特种设备、食堂燃气、传染病与卫生、欺凌、其他"
    )


def test_each_field_has_a_category_and_each_category_at_most_one_field():
    assert set(FIELD_OF_CATEGORY.values()) == FIELDS.keys() - {OTHER}
    assert FIELD_OF_CATEGORY.keys() <= CATEGORIES.keys()


@pytest.mark.parametrize(
    ("category", "item", "field"),
    [
        ("elec", None, "fire"),
        ("elec", "sf.elec.02", "fire"),
        ("elec", "sf.elec.06", "canteen"),
        ("psy", None, OTHER),
        (None, None, OTHER),
    ],
)
def test_a_finding_belongs_to_a_field_by_its_item_or_its_category(category, item, field):
    assert field_of(a_finding(category=category, item=item)) == field
