"""What the level, the state and the deadline of a finding are called on screen, and their tone."""

from datetime import date

from models.ledger import titles
from models.ledger.ledger import Ledger
from models.records.finding import STATES
from models.records.workflow import RECTIFIED_STATES, SOON
from ui.colours import Tone

SHORT_LEVELS = {"general": "一般", "major": "重大"}
# The list has little room; the detail says the whole word.
SHORT_STATES = {
    "notice_issued": "已通知整改",
    "submitted": "待复查",
}
STATE_TONES = {
    "registered": Tone.GREY,
    "graded": Tone.BLUE,
    "fixed_on_site": Tone.BLUE,
    "notice_issued": Tone.BLUE,
    "rectifying": Tone.BLUE,
    "submitted": Tone.BLUE,
    "recheck_failed": Tone.ORANGE,
    "recheck_passed": Tone.GREEN,
    "closed": Tone.GREEN,
    "reopened": Tone.ORANGE,
}


def unit_names(ledger: Ledger) -> dict[str, str]:
    """What the units in an office's ledger are called; empty in that of a school, alone in it."""
    return titles.unit_names(ledger) if ledger.is_office else {}


def short_state(state: str) -> str:
    """The state in few characters."""
    return SHORT_STATES.get(state) or STATES.get(state, state)


def level_tone(level: str | None) -> Tone:
    """Red for 重大, grey for the rest."""
    return Tone.RED if level == "major" else Tone.GREY


def state_tone(state: str) -> Tone:
    """The tone of a state; that of a newer program is grey."""
    return STATE_TONES.get(state, Tone.GREY)


def days_left(deadline: date | None, state: str, today: date) -> tuple[str, Tone]:
    """已逾期 3 天, 今天到期, 还剩 5 天; nothing once it is rectified, or where no day is set."""
    if deadline is None or state in RECTIFIED_STATES:
        return "", Tone.GREY
    days = (deadline - today).days
    if days < 0:
        return f"已逾期 {-days} 天", Tone.RED
    tone = Tone.ORANGE if days <= SOON.days else Tone.GREY
    return (f"还剩 {days} 天" if days else "今天到期"), tone
