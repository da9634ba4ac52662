"""The form of a finding: a sentence and a place are enough, everything else may come later."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.ledger.findings import photos, register, steps
from models.ledger.ledger import Ledger
from models.ledger.risks import choices
from models.problems import Problem
from models.records.finding import CATEGORIES, Finding, Photo
from models.records.record import problems_of
from models.records.step_advice import shows
from models.records.workflow import finding_problems
from ui.colours import PALETTE, Tone
from ui.form.form_panel import FormPanel
from ui.form.link_entry import LinkEntry
from ui.icons import SMALL, Icons
from ui.pages.findings_guess import CategoryGuess
from ui.pages.findings_paste import PictureKeys
from ui.pages.findings_photos import PhotoField
from ui.pages.new_photos import NewPhotos
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind

QUICK = ("description", "place", "category", "found_on", "finder")
DETAILED = (
    "source",
    "level",
    "deadline",
    "department",
    "responsible",
    "funding",
    "risk_point",
    "measures",
    "interim",
    "contingency",
    "basis",
    "note",
)
CATEGORY_SETTING = "findings.category"


def save_photos(finding: Finding, stage: str, hashes: Sequence[str], ledger: Ledger) -> None:
    """Keep the records of photos whose pictures are kept already."""
    day = ledger.clock().astimezone().date()
    ledger.save_all(
        [
            Photo(unit=finding.unit, finding=finding.id, stage=stage, sha256=name, taken_on=day)
            for name in hashes
        ]
    )


def saved_words(ledger: Ledger, finding: Finding) -> str:
    """That it is saved; and what a photo would show and none does yet."""
    words = f"已保存隐患 {finding.number or ''}。"
    if shows(finding.category) and not photos(ledger, finding):
        words += "还没有照片，可以现在粘贴（Ctrl+V）或拖进来。"
    return words


class FindingForm(FormPanel[Finding]):
    """A new finding with its photos, or one that is edited; `saved` brings what was saved."""

    def __init__(
        self, session: Session, icons: Icons, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            session,
            icons,
            Finding,
            self._save_finding,
            names=(*QUICK, *DETAILED),
            check=self._check_finding,
            parent=parent,
        )
        self._icons = icons
        self._guess: CategoryGuess | None = None
        self._category_known = False
        self._new: NewPhotos[Finding] = NewPhotos()
        self.more = Button("", Kind.FLAT, on_click=self._toggle)
        self.photos = PhotoField("照片", session, icons, tasks)
        self.photos.added.connect(self._on_photos)
        self.photos.removed.connect(self._on_photo_removed)
        self.photos.failed.connect(lambda words: self.notice.say(words, Tone.RED))
        self.below.setSpacing(10)
        self.below.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.below.addWidget(self.photos)
        self.form.entry("description").changed.connect(self._guess_category)
        self.form.entry("category").changed.connect(self._on_category)
        pictures = PictureKeys(self.photos, self)
        for name in QUICK:
            pictures.watch(self.form.entry(name))

    def fresh(self) -> Finding:
        """A new finding with what is known of any."""
        ledger = self._session.ledger
        return Finding(
            found_on=self._session.today(),
            finder=ledger.user,
            category=ledger.setting(CATEGORY_SETTING) or None,
        )

    def start(self, finding: Finding, draft_name: str) -> None:
        """Open the form for a new finding; day, finder and category are filled in where known."""
        self.open(finding, "记一条隐患", draft_name)

    def edit(self, finding: Finding) -> None:
        """Open the form for a finding of the ledger."""
        self.open(finding, f"修改隐患 {finding.number or ''}", f"finding:{finding.id}")

    def open(self, record: Finding, title: str, draft_name: str) -> None:
        """Show a record with its draft, and the photos that the draft had."""
        link: LinkEntry = self.form.entry("risk_point")
        link.offer(choices(self._session.ledger))
        super().open(record, title, draft_name)
        draft = self._session.draft(draft_name)
        self._new = NewPhotos.of(self._session, draft_name)
        self.photos.owner = self._new
        self.photos.setVisible(not record.id)
        self.photos.show_photos(self._new.hashes)
        self._category_known = bool(record.id or record.item or draft)
        self._expand(bool(record.id))
        self.form.entry("description").setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save; a complaint about a field that is folded away unfolds it."""
        super().save()
        rows = self.form.rows
        if any(not rows[name].complaint.isHidden() for name in DETAILED):
            self._expand(True)

    def answers(self) -> dict[str, str]:
        """What a draft keeps, with the photos; what was found on Friday stays so on Monday."""
        typed = super().answers() if self._opened.id else self.form.raw()
        return self._new.with_answers(typed)

    @property
    def draft_name(self) -> str:
        """The name of the draft of what stands in the form."""
        return self._draft_name

    # ---- saving ------------------------------------------------------------------------------

    def _check_finding(self, typed: Finding) -> Mapping[str, Problem]:
        """What is found comes before what is done about it, also where the day is edited."""
        wrong = problems_of(typed)
        if wrong or not typed.id:
            return wrong
        return finding_problems(typed, steps(self._session.ledger, typed))

    def _save_finding(self, typed: Finding, opened: Finding) -> Finding:
        if opened.id:
            return self._session.save(typed, opened)
        photos = self._new

        def work(ledger: Ledger) -> Finding:
            saved = self._register(ledger, typed)
            save_photos(saved, "before", photos.hashes, ledger)
            return saved

        saved = self._session.write(work, "finding", "photo")
        photos.record = saved
        return saved

    def _register(self, ledger: Ledger, typed: Finding) -> Finding:
        ledger.set_setting(CATEGORY_SETTING, typed.category or "")
        return register(ledger, typed)

    def _keep_photos(self, photos: NewPhotos[Finding]) -> None:
        """Photos may arrive when another draft stands in the form already."""
        if photos is self._new:
            self.keep_draft()
            return
        self.notice.attempt(lambda: photos.keep(self._session))

    # ---- photos ------------------------------------------------------------------------------

    def _on_photos(self, photos: NewPhotos[Finding], hashes: list[str]) -> None:
        """Photos arrive a moment after they were given: the finding may be saved by then."""
        if not photos.record and photos.draft == self._new.draft:
            photos = self._new  # the draft may have been left and opened again meanwhile
        if photos.record:
            save = partial(save_photos, photos.record, "before", hashes)
            self.notice.attempt(lambda: self._session.write(save, "photo"))
            return
        photos.add(hashes)
        self._keep_photos(photos)
        if photos is self._new:
            self.photos.show_photos(photos.hashes)

    def _on_photo_removed(self, index: int) -> None:
        del self._new.hashes[index]
        self._keep_photos(self._new)
        self.photos.show_photos(self._new.hashes)

    # ---- what need not be typed --------------------------------------------------------------

    def _guess_category(self) -> None:
        if self._category_known:
            return
        if self._guess is None:
            self._guess = CategoryGuess(self._session.safety.items)
        words = self.form.entry("description").toPlainText()
        last = self._session.ledger.setting(CATEGORY_SETTING)
        guess = self._guess.category_of(words) or last
        self.form.entry("category").set_value(guess if guess in CATEGORIES else None)

    def _on_category(self) -> None:
        self._category_known = True

    # ---- folding -----------------------------------------------------------------------------

    def _toggle(self) -> None:
        self._expand(self.form.rows[DETAILED[0]].isHidden())

    def _expand(self, expanded: bool) -> None:
        for name in DETAILED:
            self.form.rows[name].setVisible(expanded)
        self.more.setText("收起详细内容" if expanded else "补充详细内容")
        arrow = "chevron-up" if expanded else "chevron-down"
        self.more.setIcon(self._icons.icon(arrow, PALETTE.accent_dark, SMALL))
