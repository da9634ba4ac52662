"""The photos of a record that is not saved yet: its draft keeps them, one save writes both."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from models.records.record import Record
from ui.session import Session

R = TypeVar("R", bound=Record)
PHOTOS = "photos"  # the name under which a draft keeps its photos


@dataclass
class NewPhotos(Generic[R]):
    """The SHA-256s of the photos of a draft, and the record once it is saved."""

    draft: str = ""
    hashes: list[str] = field(default_factory=list)
    record: R | None = None

    @classmethod
    def of(cls, session: Session, draft: str) -> "NewPhotos[R]":
        """Those that a draft has kept."""
        kept = session.draft(draft).get(PHOTOS, "")
        return cls(draft, kept.split(",") if kept else [])

    def add(self, hashes: list[str]) -> None:
        """Put photos behind the others, each only once."""
        self.hashes.extend(name for name in hashes if name not in self.hashes)

    def with_answers(self, answers: dict[str, str]) -> dict[str, str]:
        """What a draft keeps: the answers, and the photos where there are any."""
        return {**answers, PHOTOS: ",".join(self.hashes)} if self.hashes else answers

    def keep(self, session: Session) -> None:
        """Keep them in their draft, when its form shows something else by now."""
        answers = session.draft(self.draft) | {PHOTOS: ",".join(self.hashes)}
        session.keep_draft(self.draft, answers)
