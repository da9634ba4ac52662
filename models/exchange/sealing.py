"""The age envelope round a bundle: only those it is addressed to can open it."""

from collections.abc import Sequence
from typing import Final

import pyrage

from models.exchange.format import MOST_SEALED, BadBundle
from models.problems import AppError

MOST_RECIPIENTS: Final = 150
# Their lines at the head of the file. A reader takes the square of their number to go through them:
# without a limit a small file of a stranger would keep it busy for hours.
MOST_HEAD: Final = 20 << 10
_START: Final = b"age-encryption.org/v1\n"
_END: Final = b"\n--- "


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """The data for these age recipients, of which there is at least one."""
    to = [pyrage.x25519.Recipient.from_str(recipient) for recipient in dict.fromkeys(recipients)]
    if len(to) > MOST_RECIPIENTS:
        raise AppError(
            f"这个数据包要给 {len(to)} 台电脑，最多 {MOST_RECIPIENTS} 台。"
            "请教育局停用不再使用的电脑。"
        )
    return bytes(pyrage.encrypt(data, to))


def unseal(data: bytes, identities: Sequence[str]) -> bytes:
    """What was sealed; raises BadBundle in words where it is not for us, or not whole."""
    if len(data) > MOST_SEALED:
        raise BadBundle("文件大得不正常")
    if not data.startswith(_START) or _END not in data[:MOST_HEAD]:
        raise BadBundle("不是校园安全台账的数据包，或文件已损坏")
    keys = [pyrage.x25519.Identity.from_str(identity) for identity in identities]
    try:
        return bytes(pyrage.decrypt(data, keys))
    except pyrage.DecryptError as error:
        if "no matching keys" in str(error).lower():
            raise BadBundle("这个数据包不是给这台电脑的") from None
        raise BadBundle("文件不完整或已损坏") from None
