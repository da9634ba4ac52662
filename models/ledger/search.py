"""Search by any part of a word, in Chinese or by 拼音首字母.

Text is kept one character a token, so that a phrase finds any run of characters, two-character
words too (a trigram index would miss them); initials are kept the same way in a second column.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from sqlite3 import Connection

from models.ledger.compact import pack
from models.ledger.segments import ABOVE_ALL, Outcome

# What of a record can be searched for; each type has a table of its own, its rows numbered alike.
SEARCHED = {
    "finding": ("number", "description", "place", "responsible", "finder", "department"),
    "person": ("name", "post", "department"),
    "training_session": ("topic", "place", "speaker"),
}
# Stands between two fields in the index, so that no phrase reaches from one into the next.
_BORDER = " \ue000 "
_INITIALS = re.compile(r"[A-Za-z]+")


class Initials:
    """The first letter of each Han character's usual reading, from a file read when first asked."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._letters: dict[int, str] = {}

    def of(self, text: str) -> str:
        """The initials of the Han characters of the text, one token each; others are left out."""
        if not self._letters:
            for row in self._file.read_text(encoding="utf-8").splitlines():
                letter, _, characters = row.partition(":")
                self._letters.update((ord(c), letter) for c in characters)
        return " ".join(filter(None, map(self._letters.get, map(ord, text))))


def says(initials: Initials, text: str, words: str) -> bool:
    """Whether a text outside the index has each word, or a part of whose initials it is."""
    spelled = initials.of(text).replace(" ", "")
    return all(
        word in text.lower() or (_INITIALS.fullmatch(word) is not None and word in spelled)
        for word in words.lower().split()
    )


def tokens(text: str) -> str:
    """The text one character a token, without what no index can hold."""
    return " ".join(filter(str.isalnum, text.lower()))


def match_of(words: str) -> str:
    """The FTS5 expression for what a person typed; empty where nothing can be searched."""
    parts = []
    for word in words.split():
        spaced = tokens(word)
        if not spaced:
            continue
        part = f'words:"{spaced}"'
        if _INITIALS.fullmatch(word):
            part = f'({part} OR initials:"{spaced}")'
        parts.append(part)
    return " AND ".join(parts)


def refresh_search(db: Connection, initials: Initials, outcome: Outcome) -> None:
    """Bring the index up to the rows that were made or touched."""
    for table in SEARCHED:
        numbers = [no for (no,) in db.execute(*_changed(table, outcome))]
        _index(db, initials, table, numbers)


def refresh_search_later(db: Connection, outcome: Outcome) -> None:
    """Note the rows that were made or touched, for `catch_up`: thousands would take seconds."""
    for table in SEARCHED:
        chosen, args = _changed(table, outcome)
        db.execute(f"INSERT OR IGNORE INTO unsearched SELECT '{table}', no FROM ({chosen})", args)


def behind(db: Connection, table: str = "%") -> int:
    """How many rows wait for `catch_up`."""
    sql = "SELECT count(*) FROM unsearched WHERE type LIKE ?"
    return int(db.execute(sql, (table,)).fetchone()[0])


def catch_up(db: Connection, initials: Initials, most: int = ABOVE_ALL) -> None:
    """Bring the index up to so many of the rows that were noted."""
    for table in SEARCHED:
        sql = "SELECT no FROM unsearched WHERE type = ? ORDER BY no LIMIT ?"
        numbers = [no for (no,) in db.execute(sql, (table, most))]
        _index(db, initials, table, numbers)
        if numbers:
            db.execute("DELETE FROM unsearched WHERE type = ? AND no <= ?", (table, numbers[-1]))


def _changed(table: str, outcome: Outcome) -> tuple[str, dict[str, object]]:
    """The query for the numbers of the rows that were made or touched."""
    return (
        f"SELECT no FROM {table} WHERE no > :last UNION ALL SELECT no FROM {table}"
        " WHERE id IN (SELECT value FROM json_each(:ids)) AND no <= :last",
        {
            "last": outcome.made_after.get(table, ABOVE_ALL),
            "ids": pack(sorted(outcome.touched.get(table, ()))),
        },
    )


def _index(db: Connection, initials: Initials, table: str, numbers: Sequence[int]) -> None:
    columns = ", ".join(f"CAST(coalesce({name}, '') AS TEXT)" for name in SEARCHED[table])
    rows = db.execute(
        f"SELECT no, {columns} FROM {table}"
        " WHERE no IN (SELECT value FROM json_each(?)) AND NOT deleted ORDER BY no",
        (pack(numbers),),
    ).fetchall()
    db.executemany(f"DELETE FROM {table}_search WHERE rowid = ?", [(no,) for no in numbers])
    db.executemany(
        f"INSERT INTO {table}_search(rowid, words, initials) VALUES(?, ?, ?)",
        [
            (no, _BORDER.join(map(tokens, texts)), _BORDER.join(map(initials.of, texts)))
            for no, *texts in rows
        ],
    )


def hits(db: Connection, table: str, words: str, most: int = 500) -> list[int]:
    """Row numbers of the newest matches, newest first."""
    match = match_of(words)
    if not match:
        return []
    sql = (
        f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH ? ORDER BY rowid DESC LIMIT ?"
    )
    return [no for (no,) in db.execute(sql, (match, most))]
