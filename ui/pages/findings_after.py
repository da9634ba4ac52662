"""Photos of what was done, asked for where a step reports it."""

from collections.abc import Callable
from functools import partial

from models.ledger.findings import photos
from models.ledger.ledger import Ledger
from models.ledger.sides import written_here
from models.problems import AppError
from models.records.finding import Finding, Photo
from ui.icons import Icons
from ui.pages.findings_form import save_photos
from ui.pages.findings_photos import PhotoField
from ui.session import Session
from ui.tasks import Tasks

ASKED = "整改后照片（请附上，复查和打印都要用）"


class AfterPhotos(PhotoField):
    """A photo belongs to its finding at once, whatever becomes of the step.

    It outlives the form it stands in: making a photo small takes longer than taking a step.
    """

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(ASKED, session, icons, tasks)
        self._photos: list[Photo] = []
        self.added.connect(self._keep)
        self.removed.connect(self._remove)

    def show_finding(self, finding: Finding) -> None:
        """Show what this finding has, and take in for it."""
        self.owner = finding
        found = photos(self._session.ledger, finding)
        self._photos = [photo for photo in found if photo.stage == "after"]
        ours = written_here(self._session.ledger, "photo", (photo.id for photo in self._photos))
        kept = {at for at, photo in enumerate(self._photos) if photo.id not in ours}
        self.show_photos([photo.sha256 or "" for photo in self._photos], kept=kept)

    def _keep(self, finding: Finding, hashes: list[str]) -> None:
        self._write(partial(save_photos, finding, "after", hashes))

    def _remove(self, at: int) -> None:
        gone = self._photos[at]
        self._write(lambda ledger: ledger.remove(gone))

    def _write(self, work: Callable[[Ledger], None]) -> None:
        try:
            self._session.write(work, "photo")
        except AppError as error:
            self.failed.emit(str(error))
        if isinstance(self.owner, Finding):
            self.show_finding(self.owner)
