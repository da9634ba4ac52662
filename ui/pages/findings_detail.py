"""The right half of 隐患排查: one finding with its photos, its steps, and what may be done next."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from models.exchange.delivery import state_of_record, why_returned
from models.ledger.findings import photos, steps
from models.ledger.sides import is_at_work, steps_here, written_here
from models.records.fields import show_day
from models.records.finding import LEVELS, STATES, STEPS, Finding, FindingStep, Photo
from models.records.workflow import (
    AWAITING_RECHECK,
    RECTIFIED_STATES,
    Standing,
    state_of,
)
from ui.colours import PALETTE
from ui.icons import SMALL, Icons
from ui.look import mark
from ui.pages.findings_commitments import Commitments
from ui.pages.findings_facts import (
    FLAGS,
    FactGrid,
    facts_of,
    flags_of,
    risk_facts,
    timeline_of,
    whose_words,
)
from ui.pages.findings_form import save_photos
from ui.pages.findings_papers import PapersButton
from ui.pages.findings_photos import PhotoField, shown_stage
from ui.pages.findings_recurrence import Recurrence
from ui.record_history import RecordHistory
from ui.session import Session
from ui.table.delivery_words import delivery_words
from ui.table.finding_words import days_left, level_tone, state_tone
from ui.tasks import Tasks
from ui.widgets.badge import Badge
from ui.widgets.button import Button, Kind
from ui.widgets.flow import Flow
from ui.widgets.parting import heading, rule
from ui.widgets.plain_label import plain_label
from ui.widgets.scrolled import scrolled
from ui.widgets.timeline import Timeline

# From here on a photo shows what was done, not what was found.
AFTER_STATES = RECTIFIED_STATES | {"rectifying", "recheck_failed"}
WIDE_TITLE, SIDE_BY_SIDE = 500, 620  # from here on parts stand beside each other
STAGES = {"before": "整改前", "after": "整改后"}


class FindingDetail(QWidget):
    """Shows a finding of the ledger; it asks the page for whatever needs a form."""

    edit_asked = Signal()
    other_asked = Signal(str)  # the id of a linked finding
    step_asked = Signal(str)
    print_asked = Signal(str)  # <report key>:<parameter>
    photo_opened = Signal(list, int)  # SHA-256s, which of them
    photo_removed = Signal(object)
    photos_added = Signal(object)  # the work that keeps them
    failed = Signal(str)

    def __init__(
        self, session: Session, icons: Icons, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._icons = session, icons
        self.finding: Finding | None = None
        self._photos: dict[str, list[Photo]] = {stage: [] for stage in STAGES}
        self._stage = "before"
        self._steps: list[Button] = []
        self.number = plain_label("", "title")
        self.level, self.state, self.due = Badge(""), Badge(""), Badge("")
        self.delivery = plain_label("", "hint")
        self.flags = {name: Badge("") for name in FLAGS}
        self.description = plain_label("", "heading")
        self.only_seen = plain_label("", "hint")
        self.recurrence = Recurrence(session)
        self.recurrence.asked.connect(self.other_asked)
        self.next_steps = QWidget()
        self._next_line = Flow(self.next_steps)
        self.facts = FactGrid()
        self.commitments = Commitments()
        self.commitments.edit_asked.connect(self.edit_asked)
        self.timeline = Timeline()
        self.history = RecordHistory(session, icons)
        self.strips = {
            stage: self._make_strip(stage, title, tasks) for stage, title in STAGES.items()
        }
        self._title_line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._strip_line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._build()

    def _make_strip(self, stage: str, title: str, tasks: Tasks) -> PhotoField:
        strip = PhotoField(title, self._session, self._icons, tasks)

        def add(finding: Finding, hashes: list[str]) -> None:
            self.photos_added.emit(partial(save_photos, finding, stage, hashes))

        strip.added.connect(add)
        strip.failed.connect(self.failed)
        strip.removed.connect(lambda at: self.photo_removed.emit(self._photos[stage][at]))
        strip.opened.connect(lambda at: self.photo_opened.emit(self._hashes(stage), at))
        return strip

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 8)
        column.setSpacing(10)
        column.addWidget(self.description)
        column.addWidget(self.only_seen)
        column.addWidget(self.recurrence)
        column.addWidget(self.next_steps)
        column.addWidget(self.commitments)
        column.addWidget(rule())
        column.addWidget(self.facts)
        column.addWidget(rule())
        for strip in self.strips.values():
            self._strip_line.addWidget(strip)
        column.addLayout(self._strip_line)
        column.addWidget(rule())
        column.addWidget(heading("办理经过"))
        column.addWidget(self.timeline)
        column.addWidget(self.history)
        column.addStretch()
        self._area = scrolled(inner)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(self._head())
        layout.addWidget(self._area, 1)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)

    def _head(self) -> QVBoxLayout:
        self.edit_button = self._button("修改", "pencil", self.edit_asked.emit)
        self.print_button = self._button("打印整改通知书", "printer", self._ask_print)
        self.papers_button = PapersButton()
        self.papers_button.asked.connect(self.print_asked)
        actions = QWidget()
        acts = Flow(actions)
        for button in (self.edit_button, self.print_button, self.papers_button):
            acts.addWidget(button)
        self._title_line.addWidget(self.number)
        self._title_line.addWidget(actions, 1)
        badges = QWidget()
        flow = Flow(badges, gap=6)
        for badge in (self.level, self.state, self.due, *self.flags.values()):
            flow.addWidget(badge)
        head = QVBoxLayout()
        head.setSpacing(6)
        head.addLayout(self._title_line)
        head.addWidget(badges)
        head.addWidget(self.delivery)
        return head

    def _button(self, words: str, icon: str, act: Callable[[], object]) -> Button:
        drawn = self._icons.icon(icon, PALETTE.ink_soft, SMALL)
        return Button(words, Kind.SECONDARY, drawn, act)

    # ---- showing -----------------------------------------------------------------------------

    def show_finding(self, finding: Finding) -> None:
        """Show this finding as it stands now."""
        ledger = self._session.ledger
        taken = steps(ledger, finding)
        standing = state_of(finding, taken)
        same = self.finding is not None and self.finding.id == finding.id
        self.finding = finding
        self.number.setText(finding.number or "（未编号）")
        self.description.setText(finding.description or "")
        self._show_badges(standing)
        self.recurrence.show_finding(finding)
        ours = is_at_work(ledger, finding)
        self._show_next(steps_here(ledger, finding, standing))
        self._show_rights(finding, ours)
        self._show_delivery(finding, taken)
        self.papers_button.show_finding(finding, taken)
        self.commitments.show_finding(finding, standing, ours)
        self.facts.show_facts([*facts_of(finding, standing), *risk_facts(ledger, finding)])
        self._show_photos(finding, standing.state, ours)
        self.timeline.show_steps(timeline_of(finding, taken, self._session.today()))
        if not same:
            self._area.verticalScrollBar().setValue(0)
        self.history.show_record("finding", finding.id)

    def _show_rights(self, finding: Finding, ours: bool) -> None:
        """What a school found is the school's to change; an office works with what it found."""
        self.edit_button.setVisible(ours)
        self.print_button.setVisible(ours)
        self.next_steps.setVisible(ours or bool(self._steps))
        words = whose_words(self._session.ledger, finding, ours, bool(self._steps))
        self.only_seen.setText(words)
        self.only_seen.setVisible(bool(words))

    def _show_delivery(self, finding: Finding, taken: Sequence[FindingStep]) -> None:
        """How far it has come, with all that was done about it; an office reports to nobody."""
        ledger = self._session.ledger
        self.delivery.setVisible(not ledger.is_office)
        if not ledger.is_office:
            records = (finding.id, *(step.id for step in taken))
            state = state_of_record(ledger, *records)
            why = why_returned(ledger, *records) if state == "returned" else ""
            self.delivery.setText(delivery_words(state, why))
            mark(self.delivery, role="problem" if why else "hint")

    def _show_badges(self, standing: Standing) -> None:
        level = standing.level or ""
        self.level.show_state(LEVELS.get(level, level) or "未定级", level_tone(level))
        state = standing.state
        self.state.show_state(STATES.get(state, state), state_tone(state))
        words, tone = days_left(standing.deadline, state, self._session.today())
        self.due.show_state(words, tone)
        self.due.setVisible(bool(words))
        for name, said in flags_of(standing).items():
            self.flags[name].show_state(said, FLAGS[name])
            self.flags[name].setVisible(bool(said))

    def _show_next(self, kinds: Sequence[str]) -> None:
        while (item := self._next_line.takeAt(0)) is not None:
            item.widget().setParent(None)
        caption = QLabel("下一步")
        mark(caption, role="hint")
        caption.setFixedHeight(34)
        self._next_line.addWidget(caption)
        self._steps = []
        for number, kind in enumerate(kinds, start=1):
            button = Button(STEPS[kind], on_click=partial(self.step_asked.emit, kind))
            button.setObjectName(f"step_{kind}")
            button.setToolTip(f"在列表中按 {number}")
            self._steps.append(button)
            self._next_line.addWidget(button)

    def _show_photos(self, finding: Finding, state: str, ours: bool) -> None:
        ledger = self._session.ledger
        found = photos(ledger, finding)
        removable = written_here(ledger, "photo", (photo.id for photo in found))
        self._stage = "after" if state in AFTER_STATES else "before"
        for stage, strip in self.strips.items():
            mine = [photo for photo in found if shown_stage(photo) == stage]
            self._photos[stage] = mine
            strip.owner = finding
            strip.forget()
            strip.set_read_only(not ours)
            days = [show_day(photo.taken_on) if photo.taken_on else "" for photo in mine]
            captions = [photo.caption or day for photo, day in zip(mine, days, strict=True)]
            kept = {at for at, photo in enumerate(mine) if photo.id not in removable}
            strip.show_photos(self._hashes(stage), captions, kept)
            asked = ours and stage in ("before", self._stage)
            strip.setVisible(asked or bool(mine))  # an empty one only where it can be filled

    def lacks_after_photo(self, kind: str | None) -> bool:
        """Whether a step of this kind reports a rectification that no photo shows yet."""
        return kind in AWAITING_RECHECK and not self._photos["after"]

    def _hashes(self, stage: str) -> list[str]:
        return [photo.sha256 or "" for photo in self._photos[stage]]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for line, least in ((self._title_line, WIDE_TITLE), (self._strip_line, SIDE_BY_SIDE)):
            beside = self.width() >= least
            directions = QBoxLayout.Direction
            line.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    # ---- acting ------------------------------------------------------------------------------

    def press_step(self, number: int) -> None:
        """Press the button of a next step, counted from 1; 0 goes to the first of them."""
        buttons = self._steps if self.next_steps.isVisible() else []
        if number == 0 and buttons:
            buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif 0 < number <= len(buttons):
            buttons[number - 1].click()

    def paste(self) -> None:
        """A picture goes to the strip that has the focus, else where the state says."""
        if not self.isVisible():
            return
        focused = self.focusWidget()
        for strip in self.strips.values():
            if focused is not None and strip.isAncestorOf(focused):
                strip.strip.paste()
                return
        self.strips[self._stage].strip.paste()

    def _ask_print(self) -> None:
        if self.finding is not None:
            self.print_asked.emit(f"rectification_notice:{self.finding.id}")
