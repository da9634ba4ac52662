"""What trainees do beside the sessions: the registers of talks and placements, and their frame."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Protocol, TypeVar, cast

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.ledger.development import programme_now
from models.ledger.programmes import programme_words
from models.ledger.same_person import called_people
from models.ledger.search import says
from models.records.development import MicroTalk, Placement, Project, Reflection
from models.records.growth import placement_days
from models.records.programme import Programme
from models.records.record import show_answer
from ui.form.link_entry import LinkEntry
from ui.icons import Icons
from ui.pages.register_panel import RegisterPanel
from ui.session import Session
from ui.table.row_table import Cell, Column, number_cell
from ui.widgets.segments import Choice, Segments

R = TypeVar("R", MicroTalk, Reflection, Placement, Project)


class DevelopmentPanel(RegisterPanel[R]):
    """A register of one of these types: who it is of is chosen from the people, newest first."""

    owner: ClassVar[str] = "person"  # the field that says whose it is
    dated: ClassVar[str]  # the field that says when
    searched: ClassVar[Sequence[str]]

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        self._people: Mapping[str, str] = {}
        self.programme: Programme | None = None
        super().__init__(session, icons, parent)

    def looked_up(self, words: str) -> Sequence[R]:
        """Those of the programme that is chosen, found by whose they are as well."""
        ledger = self.session.ledger
        self._people = called_people(ledger)
        equal = {"programme": self.programme.id} if self.programme else {}
        everything = ledger.all(self.kind, unit=ledger.unit, **equal)
        if not words.strip():
            return everything
        return [
            one for one in everything if says(self.session.ledger.initials, self._said(one), words)
        ]

    def arranged(self, records: Sequence[R]) -> Sequence[R]:
        """The newest first."""
        return sorted(records, key=lambda one: str(getattr(one, self.dated) or ""), reverse=True)

    def blank(self) -> R:
        """Today, in the programme that is chosen, or the one that runs."""
        given: dict[str, Any] = {self.dated: self.session.today()}
        chosen = self.programme.id if self.programme else programme_now(self.session.ledger)
        return self.kind(programme=chosen or None, **given)

    def knows(self, record: str) -> bool:
        """Whether a record is, or was, of this register."""
        return self.session.ledger.find(self.kind, record) is not None

    def name_of(self, record: R) -> str:
        """Whose it is; of two of one name with the department or post."""
        return self._people.get(getattr(record, self.owner) or "", "")

    def owner_cell(self, record: R) -> Cell:
        """The name."""
        name = self.name_of(record)
        return Cell(name, tip=name)

    def _said(self, record: R) -> str:
        own: list[str] = [show_answer(record, name) for name in self.searched]
        return "\n".join([self.name_of(record), *own])

    def _offer_words(self) -> None:
        super()._offer_words()
        self._people = called_people(self.session.ledger)
        people: LinkEntry = self.panel.form.entry(self.owner)
        people.offer(self._people)
        programmes: LinkEntry = self.panel.form.entry("programme")
        programmes.offer(programme_words(self.session.ledger))


class TalkPanel(DevelopmentPanel[MicroTalk]):
    """微分享: who shared what with the group."""

    kind = MicroTalk
    columns = (
        Column("日期", 100),
        Column("分享人", 90),
        Column("题目"),
        Column("时长（分钟）", 100, right=True, spare=1),
        Column("推选方式", 100, spare=2),
    )
    named_by, dated = "topic", "held_on"
    offered = ("chosen",)
    searched = ("topic", "chosen", "note")
    icon = "users"
    search_words = "按分享人、题目或拼音首字母查找"
    purpose = "谁、哪一天、分享了什么，记在这里；次数会计入学员档案和班次报告。"

    def cells(self, record: MicroTalk) -> Sequence[Cell]:
        """What one looks a talk up by."""
        return (
            day_cell(record.held_on),
            self.owner_cell(record),
            Cell(record.topic or ""),
            number_cell(record.minutes or 0),
            Cell(record.chosen or ""),
        )


class PlacementPanel(DevelopmentPanel[Placement]):
    """跟岗研修: with which unit, how long, under whom."""

    kind = Placement
    columns = (
        Column("开始", 100),
        Column("学员", 90),
        Column("接收单位"),
        Column("岗位", 120, spare=1),
        Column("天数", 60, right=True),
        Column("导师", 90, spare=2),
    )
    named_by, dated = "host", "begins"
    offered = ("host", "post", "mentor")
    searched = ("host", "post", "mentor", "summary")
    icon = "building-2"
    search_words = "按学员、接收单位、导师或拼音首字母查找"
    purpose = "跟岗的单位、岗位、起止日期和导师记在这里；天数会计入学员档案和班次报告。"

    def cells(self, record: Placement) -> Sequence[Cell]:
        """What one looks a placement up by."""
        return (
            day_cell(record.begins),
            self.owner_cell(record),
            Cell(record.host or ""),
            Cell(record.post or ""),
            number_cell(placement_days(record)),
            Cell(record.mentor or ""),
        )


class Part(Protocol):
    """What a tab asks of the widgets in it."""

    programme: Programme | None

    def refresh(self) -> None: ...
    def knows(self, record: str) -> bool: ...
    def open_record(self, record: str) -> None: ...


class PartsTab(QWidget):
    """A few registers in one tab; only the one that is seen reads the ledger."""

    def __init__(self, name: str, parts: Mapping[str, Part], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts, self._titles = [*parts.values()], [*parts]
        self.programme: Programme | None = None
        self.chooser = Segments([Choice(title, title) for title in parts], name)
        self.chooser.set_value(next(iter(parts)))
        self.stack = QStackedWidget()
        for part in self._parts:
            self.stack.addWidget(cast("QWidget", part))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.chooser)
        column.addWidget(self.stack, 1)
        self.chooser.changed.connect(lambda title: self.show_part(self._titles.index(title)))

    def show_part(self, at: int) -> None:
        """Bring one to the front."""
        self.stack.setCurrentIndex(at)
        self.refresh()

    def knows(self, record: str) -> bool:
        """Whether a record is, or was, of one of these registers."""
        return any(part.knows(record) for part in self._parts)

    def open_record(self, record: str) -> None:
        """Show this record in its register."""
        at = [part.knows(record) for part in self._parts].index(True)
        self.chooser.set_value(self._titles[at])
        self.show_part(at)
        self._parts[at].open_record(record)

    def refresh(self) -> None:
        """Read again what is in front."""
        part = self._parts[self.stack.currentIndex()]
        part.programme = self.programme
        part.refresh()


def day_cell(day: date | None) -> Cell:
    """A day as figures, which sort as days."""
    return Cell(f"{day:%Y-%m-%d}" if day else "", str(day or ""))
