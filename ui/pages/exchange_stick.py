"""写入 U 盘: copies what was made to a stick or a folder, and says honestly how far it came."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QStorageInfo
from PySide6.QtWidgets import QFileDialog, QMenu

from models.files import copy_whole
from models.problems import AppError
from ui.colours import Tone
from ui.pages.page import Page
from ui.widgets.button import Button, Kind

REMOVABLE = 2  # DRIVE_REMOVABLE
MOUNTED = ("/media/", "/run/media/")
GIGABYTE = 1 << 30
TAKE_OUT = "请先在系统里“弹出”U 盘，再拔下来。"


class StickButton(Button):
    """Copies the files of the moment; into a folder of their own where they are many."""

    def __init__(
        self, page: Page, files: Callable[[], Sequence[Path]], folder: Callable[[], str] = str
    ) -> None:
        super().__init__("写入 U 盘", Kind.SECONDARY, page.icons.icon("usb"), self._choose)
        self._page, self._files, self._folder = page, files, folder
        self._writing = False
        self.menu_of_sticks = QMenu(self)

    def _choose(self) -> None:
        """Offer the sticks that are plugged in; without one, a folder is asked for."""
        found = sticks()
        if not found:
            self._ask()
            return
        menu = self.menu_of_sticks
        menu.clear()
        for name, root in found:
            menu.addAction(name, lambda root=root: self.write(root))
        menu.addAction("其他位置…", self._ask)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "写入哪个 U 盘或文件夹")
        if chosen:
            self.write(Path(chosen))

    def write(self, place: Path) -> None:
        """Copy them all; what fails with one does not stop the others."""
        if self._writing:
            return
        self._writing = True
        files, target = tuple(self._files()), place / self._folder()
        self._page.notice.say(f"正在写入 {target}…拔下 U 盘前请等一等。", Tone.BLUE)
        self._page.tasks.run(
            lambda: copy_all(files, target),
            lambda troubles: self._written(files, target, troubles),
            self._failed,
        )

    def _written(self, files: Sequence[Path], target: Path, troubles: Sequence[str]) -> None:
        self._writing = False
        done = len(files) - len(troubles)
        written = f"已写入 {done} 个文件，放在 {target}。"
        if not troubles:
            self._page.notice.say(written + TAKE_OUT, Tone.GREEN)
            return
        lines = [*dict.fromkeys(troubles)]  # a full stick says the same of each
        if done:
            lines.insert(0, f"{written}还有 {len(troubles)} 个没有写入：")
        self._page.notice.say("\n".join(lines), Tone.ORANGE)

    def _failed(self, words: str) -> None:
        self._writing = False
        self._page.notice.say(words, Tone.ORANGE)


def copy_all(files: Sequence[Path], target: Path) -> list[str]:
    """Copy the files into a folder; the words of those that could not be copied."""
    troubles = []
    for file in files:
        try:
            copy_whole(file, target)
        except AppError as error:
            troubles.append(str(error))
    return troubles


def sticks() -> list[tuple[str, Path]]:
    """What each removable drive is called, with the room left on it, and where it lies."""
    found = []
    for drive in QStorageInfo.mountedVolumes():
        if drive.isValid() and drive.isReady() and is_removable(drive.rootPath()):
            room = f"{drive.bytesAvailable() / GIGABYTE:.1f} GB 可用"
            found.append(
                (f"{drive.displayName()}（{drive.rootPath()}）　{room}", Path(drive.rootPath()))
            )
    return found


def is_removable(root: str) -> bool:
    """Whether a drive can be pulled out; a large USB disk may say it cannot."""
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\"))) == REMOVABLE
    return root.startswith(MOUNTED)
