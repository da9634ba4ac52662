"""隐患排查: the list, one finding beside it, and the forms that take its place."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.ledger.findings import numbers
from models.ledger.ledger import Ledger
from models.records.finding import STEPS, Finding, FindingStep, Photo
from models.templates.safety import SafetyItem
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.kept_splitter import KeptSplitter
from ui.pages.findings_after import AfterPhotos
from ui.pages.findings_detail import FindingDetail
from ui.pages.findings_form import FindingForm, saved_words
from ui.pages.findings_items import ItemPicker
from ui.pages.findings_list import FindingList
from ui.pages.findings_selection import PRINT, SelectionForms, one_notice
from ui.pages.findings_step import StepForm
from ui.pages.findings_viewer import PhotoViewer
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_header import PageHeader

SPLIT_SETTING = "findings.split"
SPLIT = (612, 412)
NARROWEST_LIST, NARROWEST_SIDE = 320, 300
VIEW, UNIT = "view:", "unit:"


class FindingsPage(Page):
    """The list stays in sight whatever is done at its right."""

    follows = frozenset({"finding", "finding_step", "photo", "exchange"})

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.list = FindingList(session, icons)
        self.list.chosen.connect(self._on_chosen)
        self.list.narrowed.connect(self._show_current)
        self.list.many_asked.connect(lambda act: self.attempt(partial(self._take_many, act)))
        self.list.view_removed.connect(
            lambda words, back: self.notice.offer(words, Tone.BLUE, "撤销", back)
        )
        self.detail = self._make_detail()
        self.nothing = EmptyState(
            icons,
            "clipboard-list",
            "还没有登记隐患",
            "发现问题后按 Ctrl+N，写一句话和地点就能保存，照片可以直接粘贴。",
            "记一条隐患",
        )
        self.nothing.asked.connect(self.new_finding)
        self.step_form: StepForm | None = None
        self.side = QStackedWidget()
        self._content = QStackedWidget()
        self.splitter = KeptSplitter(session.ledger, SPLIT_SETTING, SPLIT)
        self._build()

    def _build(self) -> None:
        header = PageHeader("隐患排查")
        listed = self.icons.icon("list-checks", PALETTE.ink_soft, SMALL)
        header.add_secondary("从检查项目开始", self.pick_item, listed)
        plus = self.icons.icon("plus", PALETTE.card, SMALL)
        header.add_primary("记一条隐患", self.new_finding, plus).setToolTip("Ctrl+N")
        card = Card()
        card.body.addWidget(self.side)
        card.setMinimumWidth(NARROWEST_SIDE)
        self.list.setMinimumWidth(NARROWEST_LIST)
        self._blank = QWidget()
        self.side.addWidget(self._blank)
        self.side.addWidget(self.detail)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(card)
        self.splitter.restore()
        self._empty = Card()
        self._empty.body.addWidget(self.nothing)
        self._content.addWidget(self.splitter)
        self._content.addWidget(self._empty)
        self.column.addWidget(header)
        self.column.addWidget(self.notice)
        self.column.addWidget(self._content, 1)

    def _make_detail(self) -> FindingDetail:
        detail = FindingDetail(self.session, self.icons, self.tasks)
        detail.edit_asked.connect(self._edit)
        detail.other_asked.connect(self.open_record)
        detail.step_asked.connect(self._take_step)
        detail.print_asked.connect(partial(self.open_asked.emit, "reports"))
        detail.photo_opened.connect(self._look_at)
        detail.photo_removed.connect(self._remove_photo)
        detail.photos_added.connect(self._write)
        self.list.step_wanted.connect(detail.press_step)
        self.list.pasted.connect(detail.paste)
        detail.failed.connect(lambda words: self.notice.say(words, Tone.RED))
        return detail

    # The forms are made when first asked for: looking at the list costs none of them.

    @cached_property
    def form(self) -> FindingForm:
        """The form of a finding."""
        form = FindingForm(self.session, self.icons, self.tasks)
        form.saved.connect(self._on_saved)
        form.closed.connect(self._show_current)
        self.side.addWidget(form)
        return form

    @cached_property
    def items(self) -> ItemPicker:
        """The list of check items."""
        items = ItemPicker(self.session, self.icons)
        items.picked.connect(self._start_from)
        items.closed.connect(self._show_current)
        self.side.addWidget(items)
        return items

    @cached_property
    def viewer(self) -> PhotoViewer:
        """The large photo."""
        viewer = PhotoViewer(self.session.ledger)
        viewer.closed.connect(self._show_current)
        self.side.addWidget(viewer)
        return viewer

    @cached_property
    def many(self) -> SelectionForms:
        """The forms of what is done to many findings at once."""
        many = SelectionForms(self.session, self.icons)
        many.done.connect(self._on_many)
        many.closed.connect(self._show_current)
        self.side.addWidget(many)
        return many

    @cached_property
    def after_photos(self) -> AfterPhotos:
        """The photos that a step asks for which reports a rectification."""
        photos = AfterPhotos(self.session, self.icons, self.tasks)
        photos.failed.connect(lambda words: self.notice.say(words, Tone.RED))
        return photos

    # ---- what the window and other pages ask -------------------------------------------------

    def refresh(self) -> None:
        """Read the list anew; a form in hand is left alone."""
        self.list.refresh()
        if self.side.currentWidget() in (self._blank, self.detail):
            self._show_current()
        else:
            self._content.setCurrentWidget(self.splitter)

    def open_record(self, record: str) -> None:
        """A finding's id, `view:late`, `unit:` and a unit's code, or nothing for a new finding."""
        if not record:
            self.new_finding()
        elif record.startswith(VIEW):
            self.show_view(record.removeprefix(VIEW))
        elif record.startswith(UNIT):
            self._leave_form()
            self.list.show_unit(record.removeprefix(UNIT))
        else:
            self.list.refresh()
            self.list.go_to(record)
            self._on_chosen(record)

    def show_view(self, view: str) -> None:
        """Turn one filter of the list on."""
        self._leave_form()
        self.list.show_view(view)

    # ---- forms -------------------------------------------------------------------------------

    def new_finding(self) -> None:
        """Start a finding; a started one goes on where it was left."""
        self._start(self.form.fresh(), "finding:new")

    def pick_item(self) -> None:
        """Start from a check item."""
        self._leave_form()
        self._bring(self.items)
        self.items.start()

    def _start_from(self, item: SafetyItem) -> None:
        found = item.suggested(self.session.today(), self.session.ledger.user)
        self._start(found, f"finding:new:{item.id}")

    def _start(self, finding: Finding, draft_name: str) -> None:
        if self.side.currentWidget() is self.form and self.form.draft_name == draft_name:
            self.form.form.entry("description").setFocus()
            return
        self._leave_form()
        self.notice.hide()
        self._bring(self.form)
        self.form.start(finding, draft_name)

    def _edit(self) -> None:
        if self.detail.finding is not None:
            self.notice.hide()
            self._bring(self.form)
            self.form.edit(self.detail.finding)

    def _take_step(self, kind: str) -> None:
        if (finding := self.detail.finding) is None:
            return
        if self.step_form is not None:
            self.after_photos.setParent(self)  # what it is still taking in must arrive
            self.side.removeWidget(self.step_form)
            self.step_form.deleteLater()
        self.step_form = form = StepForm(self.session, self.icons, finding, kind, self.after_photos)
        form.saved.connect(self._on_step)
        form.closed.connect(self._show_current)
        self.side.addWidget(form)
        self.notice.hide()
        self._bring(form)
        form.start()

    def _take_many(self, action: str) -> None:
        ids = self.list.selected_ids()
        if action == PRINT:
            self.open_asked.emit("reports", one_notice(self.session.ledger, ids))
            return
        self._leave_form()
        self.notice.hide()
        self._bring(self.many)
        self.many.start(action, ids)

    def _bring(self, part: QWidget) -> None:
        self._content.setCurrentWidget(self.splitter)
        self.side.setCurrentWidget(part)

    def _leave_form(self) -> None:
        """Close the form in hand; what was typed stays as a draft."""
        if isinstance(form := self.side.currentWidget(), FindingForm | StepForm | SelectionForms):
            form.close_form()

    # ---- what happened -----------------------------------------------------------------------

    def _on_saved(self, finding: Finding) -> None:
        self.list.refresh()
        self.list.go_to(finding.id)
        self._show(finding.id)
        self._say_done(saved_words(self.session.ledger, finding))

    def _on_step(self, step: FindingStep) -> None:
        self._show(step.finding or "")
        words = f"隐患 {self.detail.number.text()} 已办理：{STEPS[step.kind or '']}。"
        if self.detail.lacks_after_photo(step.kind):
            words += "还没有整改后照片，可以现在粘贴（Ctrl+V）或拖进来。"
        self._say_done(words)

    def _on_many(self, words: str) -> None:
        self.list.refresh()
        self._show_current()
        self._say_done(words)

    def _say_done(self, words: str) -> None:
        """Say it, and go back to the list, where the next finding waits."""
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.notice.say(words, Tone.GREEN)

    def _on_chosen(self, finding: str) -> None:
        self._leave_form()
        self._show(finding)

    def _show_current(self) -> None:
        """Show the finding the list stands on, or what there is to do first."""
        if current := self.list.current_id:
            self._show(current)
            return
        self.side.setCurrentWidget(self._blank)
        everything = numbers(self.session.ledger, "all", self.session.today())
        self._content.setCurrentWidget(self.splitter if everything else self._empty)

    def _show(self, finding_id: str) -> None:
        finding = self.session.ledger.get(Finding, finding_id)
        if finding is None:
            self.notice.say("这条隐患已删除，或者还没有收到。", Tone.ORANGE)
            return
        self.detail.show_finding(finding)
        self._bring(self.detail)

    # ---- photos ------------------------------------------------------------------------------

    def _look_at(self, hashes: list[str], at: int) -> None:
        self._bring(self.viewer)
        self.viewer.show_photos(hashes, at)

    def _remove_photo(self, photo: Photo) -> None:
        if self._write(lambda ledger: ledger.remove(photo)):
            back = partial(self._write, lambda ledger: ledger.restore(photo))
            self.notice.offer("已移除 1 张照片。", Tone.BLUE, "撤销", back)

    def _write(self, work: Callable[[Ledger], None]) -> bool:
        return self.attempt(lambda: self.session.write(work, "photo"))
