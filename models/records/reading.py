"""Reading what people type: full-width digits, Chinese dates and times, control characters."""

import re
import unicodedata
from datetime import date, time
from decimal import Decimal

from models.problems import Problem

_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})"
)
_TIME = re.compile(r"(\d{1,2})\s*[:.点时]\s*(\d{1,2})\s*分?|(\d{1,2})(\d{2})|(\d{1,2})\s*[点时]")
_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})")
_BETWEEN_NAMES = re.compile(r"[、,;/\n]")
_MINUTES_OF_HALF = {"上午": 0, "早上": 0, "下午": 12, "晚上": 12}
EARLIEST_YEAR, LATEST_YEAR = 1990, 2099


def tidy(text: str) -> str:
    """The text without what nobody can see: control characters and halves of surrogate pairs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\t", " ")
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    words = kept.strip()
    # joiners belong inside words and emoji; alone they are an answer that nobody can see
    return words if any(unicodedata.category(c) != "Cf" for c in words) else ""


def narrow(text: str) -> str:
    """Full-width digits and signs as the plain ones, for numbers, dates and times only."""
    return unicodedata.normalize("NFKC", tidy(text)).replace("\N{MINUS SIGN}", "-").strip()


def read_number(text: str, unit: str) -> Decimal:
    """A decimal number; thousands separators and the unit may be typed along."""
    plain = narrow(text)
    if unit:
        plain = plain.removesuffix(narrow(unit)).strip()
    plain = plain.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        raise Problem(f"“{_short(text)}”不是数字。请只填数字，例如 12。")
    return Decimal(plain)


def read_day(text: str) -> date:
    """A calendar day: 2026-3-5, 2026年3月5日, 2026.3.5 or 20260305."""
    match = _DAY.fullmatch(narrow(text))
    if match is None:
        raise Problem(f"“{_short(text)}”不是日期。请按 2026-03-05 的样子填写。")
    year, month, day = (int(part) for part in match.groups() if part is not None)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Problem(
            f"年份 {year} 不在 {EARLIEST_YEAR}—{LATEST_YEAR} 之间，请检查；电脑的日期也可能不对。"
        )
    if not 1 <= month <= 12:
        raise Problem(f"没有 {month} 月，请检查日期。")
    try:
        return date(year, month, day)
    except ValueError:
        raise Problem(f"{year}年{month}月没有{day}日，请检查日期。") from None


def read_time(text: str) -> time:
    """A time of day: 8:20, 8：20, 8点20分, 0820, 下午2:30."""
    plain = narrow(text)
    later = 0
    for word, hours in _MINUTES_OF_HALF.items():
        if plain.startswith(word):
            plain, later = plain.removeprefix(word).strip(), hours
    match = _TIME.fullmatch(plain)
    if match is None:
        raise Problem(f"“{_short(text)}”不是时间。请按 8:20 的样子填写。")
    numbers = [int(part) for part in match.groups() if part is not None]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    if later and hour < 12:
        hour += later
    try:
        return time(hour, minute)
    except ValueError:
        raise Problem(f"没有 {hour} 点 {minute} 分这个时间，请检查。") from None


def names_in(text: str) -> frozenset[str]:
    """The names in a text, each as it is compared: 李　伟、张㛃 are 李伟 and 张㛃."""
    parts = _BETWEEN_NAMES.split(narrow(text))
    return frozenset(filter(None, ("".join(part.split()).casefold() for part in parts)))


def _short(text: str) -> str:
    """What was typed, short enough to stand in a sentence."""
    plain = tidy(text).replace("\n", " ")
    return plain if len(plain) <= 20 else plain[:20] + "…"
