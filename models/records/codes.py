"""The two codes that name a school: 学校标识码 and 统一社会信用代码."""

import re
from dataclasses import dataclass

from models.problems import Problem
from models.records.fields import Text
from models.records.reading import narrow

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = re.compile(f"[{_ALPHABET}]{{18}}")
# E.2: two digits of category, two of province, six of serial; no check digit.
_CATEGORIES = "11 21 22 31 32 33 34 35 36 37 41 42 51 91 92 93"


def read_unit_code(text: str) -> str:
    """The code as typed, tidied: 10 digits (学校标识码) or 18 characters (统一社会信用代码)."""
    code = re.sub(r"[\s\-]", "", narrow(text)).upper()
    if re.fullmatch(r"[0-9]{10}", code):
        return code
    if len(code) != 18:
        raise Problem(
            f"学校标识码是 10 位数字，统一社会信用代码是 18 位；现在有 {len(code)} 位，请检查。"
        )
    check_uscc(code)
    return code


def doubts_about(code: str) -> str:
    """A word of caution about a code that may still be right; empty where there is none."""
    if len(code) == 10 and code[:2] not in _CATEGORIES.split():
        return f"学校标识码一般不以 {code[:2]} 开头，请再核对一遍；确认无误可以继续。"
    return ""


def uscc_check_character(first17: str) -> str:
    """GB 32100-2015: weights are powers of 3 modulo 31; the remainder is taken modulo 31 again."""
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return _ALPHABET[(31 - total % 31) % 31]


def check_uscc(code: str) -> None:
    """Raise a Problem unless this is a whole and self-consistent 统一社会信用代码."""
    if not _USCC.fullmatch(code):
        raise Problem("统一社会信用代码由 18 位数字和大写字母组成，不含 I、O、S、V、Z，请检查。")
    if uscc_check_character(code[:17]) != code[17]:
        raise Problem("统一社会信用代码的校验位不对，可能有一位输错了，请逐位核对。")


@dataclass(kw_only=True, eq=False, repr=False)
class UnitCode(Text):
    """The code of a unit: kept as it is compared, in plain digits and capitals."""

    def parse(self, text: str) -> str:
        return read_unit_code(text)

    def check(self, value: str) -> None:
        if read_unit_code(value) != value:
            raise Problem("单位代码只有半角的数字和大写字母，中间没有空格和横线，请检查。")
