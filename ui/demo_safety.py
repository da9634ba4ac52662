"""What the made-up school inspected, which risks it has and who cares for them."""

from pathlib import Path

from models.ledger import inspections
from models.ledger.ledger import Ledger
from models.records.risk import Duty, RiskPoint
from models.templates.safety import load_safety

LOOKED_AT = 12
RISK = RiskPoint(
    name="食堂燃气间",
    place="食堂一层",
    category="food",
    accident="燃气泄漏、火灾、爆炸",
    colour="red",
    measures="安装燃气报警器，每日开火前检查阀门和软管，下班关总阀。",
    department="总务处",
    responsible="赵𬱖",
)
DUTY = Duty(
    post="总务主任",
    person="赵𬱖",
    duties="每周检查食堂、用电和消防设施，登记隐患并督促整改。",
    frequency="每周1次",
    evidence="安全检查登记表",
)


def record_safety(ledger: Ledger, resources: Path) -> None:
    """An inspection without findings (零报告), a risk point and a duty."""
    template = load_safety(resources / "checklists" / "safety_items.json")
    items = template.items[:LOOKED_AT]
    held = inspections.begin(ledger, inspections.blank(ledger), template, items)
    for item in items:
        inspections.answer(ledger, held, item.id, "passed")
    inspections.finish(ledger, held)
    ledger.save(RISK)
    ledger.save(DUTY)
