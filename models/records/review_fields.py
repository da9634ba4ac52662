"""The nine fields of the province's bi-monthly review, and which findings belong to each.

The fields are those of 《山东省校园安全双月督查点评工作方案》 (domain C.1, source SDSY). Which of
our 22 categories belongs to which field is our own reading of their names: the paper says so, and
what no field names stands under 其他.
"""

from models.records.finding import Finding

OTHER = "other"
FIELDS = {
    "defence": "三防（人防物防技防）",
    "bus": "校车",
    "surr": "周边",
    "fire": "消防用电",
    "bldg": "校舍",
    "equipment": "设施与特种设备",
    "canteen": "食堂燃气",
    "health": "传染病与卫生",
    "bully": "欺凌",
    OTHER: "其他",
}
FIELD_OF_CATEGORY = {
    "sec": "defence",
    "duty": "defence",  # 门卫与值班
    "bus": "bus",
    "surr": "surr",
    "fire": "fire",
    "elec": "fire",
    "bldg": "bldg",
    "dorm": "bldg",
    "spec": "equipment",
    "sport": "equipment",
    "food": "canteen",
    "health": "health",
    "water": "health",
    "bully": "bully",
}
# 用电用气与取暖 is one category of ours and two of their fields: its items on gas are 食堂燃气.
FIELD_OF_ITEM = {"sf.elec.05": "canteen", "sf.elec.06": "canteen"}


def field_of(finding: Finding) -> str:
    """The field of a finding, by its check item where that is known, else by its category."""
    by_category = FIELD_OF_CATEGORY.get(finding.category or "", OTHER)
    return FIELD_OF_ITEM.get(finding.item or "", by_category)
