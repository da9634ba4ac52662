"""How far a record has come, in words, and why the other side did not take it over."""

from models.exchange.delivery import STATES
from ui.colours import Tone

TONES = {"new": Tone.GREY, "packed": Tone.BLUE, "returned": Tone.ORANGE}
_WHY = {
    "rights": "对方按权限没有采用",
    "scope": "不是本单位的记录",
    "version": "版本不符",
    "type": "记录的种类不符",
    "missing": "所属的记录没有了",
    "void": "写在电脑停用以后",
}


def why_words(why: str) -> str:
    """The reason; that of a newer program as it stands."""
    return _WHY.get(why, why)


def delivery_words(state: str, why: str) -> str:
    """Such as 上报：被退回（版本不符）."""
    reason = f"（{why_words(why)}）" if why else ""
    return f"上报：{STATES[state]}{reason}"
