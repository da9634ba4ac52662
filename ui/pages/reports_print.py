"""打印: asks for the printer, then prints the shown file while one works on."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from ui.colours import Tone
from ui.paper_printer import print_pdf
from ui.tasks import Tasks
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

NO_PRINTER = (
    "这台电脑没有安装打印机，没有打印。请按“保存 PDF”存到 U 盘，拿到能打印的电脑上打印；"
    "或者在系统设置里添加打印机以后再试。"
)
MOST_BOXES = 20  # characters that are named, of many


class ShownFile(NamedTuple):
    """The file that is shown: what people call it, how many pages it has, and the characters in it
    that are drawn as boxes."""

    path: Path
    name: str
    pages: int
    missing: tuple[str, ...] = ()


def boxes_words(missing: tuple[str, ...]) -> str:
    """Which characters no font has; of many the first ones."""
    more = f"等 {len(missing)} 个" if len(missing) > MOST_BOXES else ""
    return f"这些字打印为方框（电脑里没有它们的字体）：{'、'.join(missing[:MOST_BOXES])}{more}。"


def has_printer() -> bool:
    """Whether the PC knows any printer."""
    from PySide6.QtPrintSupport import QPrinterInfo  # loaded only by who prints

    return bool(QPrinterInfo.availablePrinterNames())


def asked_printer(parent: QWidget, shown: ShownFile) -> "QPrinter | None":
    """The printer that the person chose, None where they thought better of it."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(shown.name)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    dialog.setMinMax(1, shown.pages)
    options = QAbstractPrintDialog.PrintDialogOption
    for option in (options.PrintPageRange, options.PrintCollateCopies):
        dialog.setOption(option)
    return printer if dialog.exec() else None


def print_shown(parent: QWidget, notice: Notice, tasks: Tasks, shown: ShownFile) -> None:
    """Ask, print, and say what came of it."""
    if not has_printer():
        notice.say(NO_PRINTER, Tone.ORANGE)
        return
    printer = asked_printer(parent, shown)
    if printer is None:
        return
    notice.say("正在送往打印机……", Tone.BLUE)
    boxes = boxes_words(shown.missing) if shown.missing else ""
    tone = Tone.ORANGE if boxes else Tone.GREEN
    tasks.run(
        lambda: print_pdf(shown.path, printer),
        lambda count: notice.say(f"已送往打印机：共 {count} 页。{boxes}", tone),
        lambda words: notice.say(words, Tone.RED),
    )
