"""What every record is: a frozen value of described fields, with an id once the ledger has it."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, Self, TypeVar

from models.problems import Problem
from models.records.fields import Field, Plain

R = TypeVar("R", bound="Record")


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record is a value: to change it, make the next one with `dataclasses.replace`.

    `key` names the fields that identify a record where two PCs may fill the same sheet: both then
    write one record instead of two. Without a key the record's id is that of its first log line.
    """

    table: ClassVar[str]
    title: ClassVar[str]
    key: ClassVar[tuple[str, ...]] = ()

    id: str = ""
    unit: str = ""

    def rules(self) -> Iterator[tuple[str, Problem]]:
        """What is wrong between the answers: (field, Problem)."""
        return iter(())

    @classmethod
    def of_plain(cls, plain: Mapping[str, Plain], *, id: str, unit: str) -> Self:
        """The record that `plain_of` came from."""
        answers = {name: _value_of(kind, plain.get(name)) for name, kind in fields_of(cls).items()}
        return cls(id=id, unit=unit, **answers)


def answer(kind: Field) -> Any:
    """Declare a field of a record: its kind is all that any other part needs to know of it."""
    return field(default=None, metadata={"kind": kind})


def fields_of(record_type: Any) -> Mapping[str, Field]:
    """The fields of a record type, in the order in which they are declared."""
    return _declared(record_type)


@cache
def _declared(record_type: Any) -> Mapping[str, Field]:
    declared = dataclasses.fields(record_type)
    return {f.name: f.metadata["kind"] for f in declared if "kind" in f.metadata}


def _value_of(kind: Field, plain: Plain) -> Any:
    """The value of a plain form; None also where a stranger's bundle wrote no such value."""
    try:
        return None if plain is None else kind.from_plain(plain)
    except (ValueError, ArithmeticError):
        return None


def is_empty(value: object) -> bool:
    """Whether an answer is missing; zero and 否 are answers."""
    return value is None or value == "" or value == frozenset()


def check_answer(kind: Field, value: object) -> None:
    """Raise the Problem of this answer, if it has one."""
    if not is_empty(value):
        kind.check(value)
    elif kind.required:
        raise Problem(f"请填写“{kind.label}”。")


def problems_of(record: Record) -> dict[str, Problem]:
    """Every answer that cannot be saved, with the reason."""
    found: dict[str, Problem] = {}
    for name, kind in fields_of(type(record)).items():
        try:
            check_answer(kind, getattr(record, name))
        except Problem as problem:
            found[name] = problem
    if not found:
        for name, broken in record.rules():
            found.setdefault(name, broken)
    return found


def plain_of(record: Record) -> dict[str, Plain]:
    """The answers as the log and SQLite hold them; empty ones are None."""
    plain: dict[str, Plain] = {}
    for name, kind in fields_of(type(record)).items():
        value = getattr(record, name)
        plain[name] = None if is_empty(value) else kind.to_plain(value)
    return plain


def show_answer(record: Record, name: str) -> str:
    """An answer as people read it, empty where there is none."""
    value = getattr(record, name)
    return "" if is_empty(value) else fields_of(type(record))[name].show(value)


def numbered(called: Mapping[str, str]) -> dict[str, str]:
    """What records are called, by id, with a number behind words that stood before."""
    met: Counter[str] = Counter()
    found = {}
    for record, words in called.items():
        met[words] += 1
        found[record] = words if met[words] == 1 else f"{words}（第 {met[words]} 个）"
    return found
