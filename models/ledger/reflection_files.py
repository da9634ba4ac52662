"""心得感悟 that come as files: whose each is, what it is called, and all of them in at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.ledger.ledger import Ledger
from models.problems import Problem
from models.records.characters import count_characters
from models.records.development import LONGEST_REFLECTION, Reflection
from models.records.growth import with_characters
from models.records.person import Person
from models.records.reading import tidy
from models.records.record import fields_of
from models.written import NO_WORDS, read_written

MOST_FILES = 1000
LONGEST_TITLE = 40  # a first line longer than this is the text itself
UNTITLED = "心得感悟"
_ENDS = tuple("。！？；，、：.!?;,:")
_BETWEEN = " \u3000-_—–－＿.、，,()（）[]【】《》+0123456789"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as it was read: the people its name may mean, its words, or what is wrong with it."""

    path: Path
    authors: Sequence[Person] = ()
    topic: str = ""
    body: str = ""
    characters: int = 0
    problem: str = ""

    @property
    def author(self) -> str:
        """The id of the author where there is no doubt."""
        return self.authors[0].id if len(self.authors) == 1 else ""


def read_files(ledger: Ledger, paths: Sequence[Path], people: Sequence[Person]) -> list[Arrived]:
    """Read the files, in the order of their names; nothing is written yet."""
    if len(paths) > MOST_FILES:
        raise Problem(f"一次最多导入 {MOST_FILES} 个文件，现在选了 {len(paths)} 个。请分几次导入。")
    here = {one.body: one.topic for one in ledger.all(Reflection, unit=ledger.unit) if one.body}
    found: list[Arrived] = []
    for path in sorted(paths, key=lambda path: path.name):
        arrived = read_file(path, people)
        if arrived.body and arrived.body in here:
            words = f"同样的正文已经登记过（《{here[arrived.body]}》），不再导入。"
            arrived = Arrived(path, arrived.authors, arrived.topic, problem=words)
        elif arrived.body:
            here[arrived.body] = arrived.topic
        found.append(arrived)
    return found


def read_file(path: Path, people: Sequence[Person]) -> Arrived:
    """Read one file; a Problem of it stands in it."""
    authors = authors_in(path.stem, people)
    try:
        body = str(fields_of(Reflection)["body"].parse(read_written(path)))
        if not body:  # what nobody can see is no essay
            raise Problem(NO_WORDS)
        if len(body) > LONGEST_REFLECTION:
            limit = LONGEST_REFLECTION // 10_000
            raise Problem(f"正文超过 {limit} 万字，没有读取。请检查是不是选错了文件。")
    except Problem as problem:
        return Arrived(path, authors, problem=str(problem))
    return Arrived(path, authors, topic_of(path.stem, body, authors), body, count_characters(body))


def authors_in(stem: str, people: Sequence[Person]) -> list[Person]:
    """Whose names stand in the name of a file; 李伟 is not meant where 李伟民 stands."""
    bare = "".join(stem.split())
    named = [person for person in people if person.name and person.name in bare]
    names = {person.name or "" for person in named}
    within = {name for name in names for other in names if name != other and name in other}
    return [person for person in named if person.name not in within]


def topic_of(stem: str, body: str, authors: Sequence[Person]) -> str:
    """The first line where it looks like a title, else what the file is called."""
    first, _, rest = body.strip().partition("\n")
    first = " ".join(first.split())
    if rest.strip() and len(first) <= LONGEST_TITLE and not first.endswith(_ENDS):
        return first
    words = "".join(tidy(stem).split())
    for name in {author.name or "" for author in authors}:
        words = words.replace(name, " ")
    words = re.sub(r"\s+", " ", words).strip(_BETWEEN)
    return words[:100] or UNTITLED


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file that is to be taken in: whose it is was confirmed by a person."""

    arrived: Arrived
    person: str
    topic: str


def take_files(ledger: Ledger, chosen: Sequence[Chosen], programme: str, day: date) -> int:
    """Save them in one transaction; how many."""
    records = [
        with_characters(
            Reflection(
                programme=programme or None,
                person=one.person,
                topic=one.topic,
                submitted_on=day,
                body=one.arrived.body,
                file_name=tidy(one.arrived.path.name)[-120:],
            )
        )
        for one in chosen
    ]
    return len(ledger.save_all(records))
