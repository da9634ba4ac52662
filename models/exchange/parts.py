"""A bundle in parts: its lines and photos shared out to files that every reader takes.

Lines come first and in their order, each part going on where the one before it ends, so that none
needs another to be opened. A stream of another PC is never cut: only its author can sign an end.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from models.exchange.format import SegmentEntry, head_bytes
from models.exchange.keys import Keys
from models.exchange.zip_reader import MOST_LOG
from models.ledger.streams import Stream

# Of segments and photos: with the registry of a whole city the manifest stays within its limit.
MOST_ITEMS: Final = 5_000


@dataclass
class Part:
    """What one file holds beside its manifest and the registry; `size` is in bytes, unpacked."""

    entries: list[SegmentEntry] = field(default_factory=list)
    photos: dict[str, int] = field(default_factory=dict)
    size: int = 0

    @property
    def items(self) -> int:
        """How many members it has."""
        return len(self.entries) + len(self.photos)


class Piece:
    """Lines of one stream behind line `after`, counted and hashed one by one."""

    def __init__(self, after: int, prev: bytes) -> None:
        self.first, self.last = after + 1, after
        self.prev = self.head = prev
        self.size = 0
        self._sha256 = hashlib.sha256()

    def add(self, raw: bytes) -> None:
        """The next line, with its end."""
        self.last += 1
        self.size += len(raw)
        self.head = hashlib.sha256(self.head + raw[:-1]).digest()
        self._sha256.update(raw)

    def entry(self, stream: Stream, signature: bytes) -> SegmentEntry:
        """As the manifest names it."""
        return SegmentEntry(
            stream.log_id,
            stream.unit,
            stream.device,
            self.first,
            self.last,
            self.prev,
            self.head,
            self._sha256.hexdigest(),
            signature,
        )


class Parts:
    """Parts that are filled one after another, up to `most` bytes each; there is at least one.

    What is larger than that has a part of its own. Bytes count unpacked: who packs less well than
    we thought makes no file that is too large.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.all = [Part()]

    def add_own(self, stream: Stream, piece: Piece, raws: Iterable[bytes], keys: Keys) -> None:
        """Lines of a stream that is ours to sign, cut wherever a part is full."""
        for raw in raws:
            if not self._fits(piece.size + len(raw)) and (piece.size or self.all[-1].items):
                if piece.size:
                    self._close(stream, piece, keys)
                self.all.append(Part())
                piece = Piece(piece.last, piece.head)
            piece.add(raw)
        self._close(stream, piece, keys)

    def add_whole(self, stream: Stream, piece: Piece, raws: Iterable[bytes], size: int) -> bool:
        """Lines of another PC's stream up to where it signed; False where no reader takes them."""
        if size > MOST_LOG:
            return False
        if self.all[-1].items and not self._fits(size):
            self.all.append(Part())
        for raw in raws:
            piece.add(raw)
        self._put(piece.entry(stream, stream.signature), size)
        return True

    def add_photo(self, sha256: str, size: int) -> None:
        """A photo, named by its hash."""
        if self.all[-1].items and not self._fits(size):
            self.all.append(Part())
        self.all[-1].photos[sha256] = size
        self.all[-1].size += size

    def _fits(self, size: int) -> bool:
        part = self.all[-1]
        return part.items < MOST_ITEMS and part.size + size <= self._most and size <= MOST_LOG

    def _close(self, stream: Stream, piece: Piece, keys: Keys) -> None:
        signature = keys.sign(head_bytes(stream.log_id, piece.last, piece.head))
        self._put(piece.entry(stream, signature), piece.size)

    def _put(self, entry: SegmentEntry, size: int) -> None:
        self.all[-1].entries.append(entry)
        self.all[-1].size += size
