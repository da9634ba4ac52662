"""The drawer of a failed item: where, in which words, with which photo; the rest is known."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from models.ledger import inspections
from models.ledger.findings import photos as photos_of
from models.ledger.ledger import Ledger
from models.ledger.recurrence import Phrases, earlier, phrases
from models.records.finding import Finding, Photo
from ui.icons import Icons
from ui.pages.findings_form import FindingForm
from ui.pages.new_photos import NewPhotos
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind
from ui.widgets.flow import Flow

KNOWN = ("category", "found_on", "finder")
MOST_OFFERED, LONGEST_OFFER, NARROWEST_PLACE = 3, 14, 200


class FailureForm(FindingForm):
    """A finding that an inspection starts; Enter in the place saves it and the round goes on."""

    def __init__(
        self, session: Session, icons: Icons, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, icons, tasks, parent)
        self._before: Finding | None = None
        self.came_back = QCheckBox()
        self.offers = QWidget()
        self._offered = Flow(self.offers, gap=6)
        for at, part in enumerate((self.offers, self.came_back)):
            self.below.insertWidget(at, part)
        place = self.form.entry("place")
        place.changed.connect(self._look_back)
        place.returnPressed.connect(self.save)
        place.setMinimumWidth(NARROWEST_PLACE)  # so it has a line of its own
        for name in KNOWN:
            self.form.rows[name].hide()

    def open(self, record: Finding, title: str, draft_name: str) -> None:
        """Show a finding; photos of one that is kept already go straight into the ledger."""
        super().open(record, title, draft_name)
        self._offer_words()
        self._expand(False)
        if record.id:
            self._new.record = record
            self._show_kept()
        self._look_back()
        self.form.entry("place").setFocus(Qt.FocusReason.OtherFocusReason)

    def _register(self, ledger: Ledger, typed: Finding) -> Finding:
        recurs = self._before.id if self._before and self.came_back.isChecked() else None
        return inspections.describe(ledger, replace(typed, recurs=recurs))

    # ---- photos ------------------------------------------------------------------------------

    def _on_photos(self, photos: NewPhotos[Finding], hashes: list[str]) -> None:
        super()._on_photos(photos, hashes)
        if self._opened.id:
            self._show_kept()

    def _on_photo_removed(self, index: int) -> None:
        if not self._opened.id:
            super()._on_photo_removed(index)
            return
        photo = self._kept()[index]
        self.notice.attempt(
            lambda: self._session.write(lambda ledger: ledger.remove(photo), "photo")
        )
        self._show_kept()

    def _kept(self) -> list[Photo]:
        return photos_of(self._session.ledger, self._opened)

    def _show_kept(self) -> None:
        self.photos.setVisible(True)
        self.photos.show_photos([photo.sha256 or "" for photo in self._kept()])

    # ---- what was there before ---------------------------------------------------------------

    def _offer_words(self) -> None:
        known = phrases(self._session.ledger, self._opened)
        usual = self._session.offers("place")
        self.form.suggest("place", [*known.places, *usual.words])
        self._show_offers(known)

    def _show_offers(self, known: Phrases) -> None:
        while (item := self._offered.takeAt(0)) is not None:
            item.widget().deleteLater()
        usual = self._opened.description
        words = [text for text in known.descriptions if text != usual]
        for name, texts in (("place", known.places), ("description", words)):
            for text in texts[:MOST_OFFERED]:
                short = text if len(text) <= LONGEST_OFFER else f"{text[:LONGEST_OFFER]}…"
                chip = Button(short, Kind.SECONDARY, on_click=partial(self._take, name, text))
                chip.setProperty("kind", "chip")
                chip.setToolTip(text)
                self._offered.addWidget(chip)
        self.offers.setVisible(bool(self._offered.count()) and not self._opened.id)

    def _take(self, name: str, text: str) -> None:
        entry = self.form.entry(name)
        entry.set_raw(text)
        entry.changed.emit()
        entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_back(self) -> None:
        """Offer 反弹 where the same item was closed at this place before."""
        place = self.form.entry("place").raw()
        known = None
        if not self._opened.id:
            known = earlier(self._session.ledger, replace(self._opened, place=place))
        if known is not None and known != self._before:
            self.came_back.setText(f"反弹自 {known.number}（同一部位，已销号）")
            self.came_back.setToolTip(known.description or "")
            self.came_back.setChecked(True)
        self._before = known
        self.came_back.setVisible(known is not None)
