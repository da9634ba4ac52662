"""演练: the drills, each with its photos and its evacuation held against the two minutes."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial

from PySide6.QtCore import Signal

from models.ledger.drills import blank_drill, drill_photos, newest_first, save_drill_photos
from models.ledger.ledger import Ledger
from models.problems import Problem
from models.records.drill import YJ14, Drill, judge_evacuation, show_seconds
from models.records.finding import Photo
from models.records.record import show_answer
from ui.colours import PALETTE, Tone
from ui.form.form_panel import FormPanel
from ui.icons import SMALL, Icons
from ui.look import mark
from ui.pages.findings_photos import PhotoField
from ui.pages.findings_viewer import PhotoViewer
from ui.pages.new_photos import NewPhotos
from ui.pages.register_panel import RegisterPanel
from ui.session import Session
from ui.table.row_table import Cell, Column, number_cell
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind
from ui.widgets.plain_label import plain_label

TONES = {True: Tone.GREEN, False: Tone.RED, None: None}


class DrillForm(FormPanel[Drill]):
    """The form of a drill; the draft of a new one keeps its photos, too."""

    new: NewPhotos[Drill]

    def open(self, record: Drill, title: str, draft_name: str) -> None:
        """Show a drill with its draft, and the photos that the draft had."""
        super().open(record, title, draft_name)
        self.new = NewPhotos.of(self._session, draft_name)

    def answers(self) -> dict[str, str]:
        """What a draft keeps, with the photos."""
        return self.new.with_answers(super().answers())


class DrillPanel(RegisterPanel[Drill]):
    """The newest drill first, with its photos; those of a new one are saved together with it."""

    kind = Drill
    form_type = DrillForm
    panel: DrillForm
    columns = (
        Column("日期", 96),
        Column("主题"),
        Column("种类", 110, spare=1),
        Column("人数", 60, right=True, spare=2),
        Column("疏散用时", 130, right=True, tip="四层及以下教学楼要在2分钟以内"),
    )
    named_by = "topic"
    offered = ("topic",)
    icon = "bell"
    search_words = "按主题、种类、地点、指挥或拼音首字母查找"
    purpose = "每次演练记下时间、人数和疏散用时，是否达标、本月够不够次数，程序会对照。"

    print_asked = Signal(str)

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        self._wanted: str | None = None
        self._photos: list[Photo] = []
        self._gone_photo: Photo | None = None
        super().__init__(session, icons)
        self.judgement = plain_label("", "hint")
        self.judgement.setToolTip(f"依据：{YJ14}")
        self.panel.head.addWidget(self.judgement)
        printer = icons.icon("printer", PALETTE.ink_soft, SMALL)
        self.print_button = Button("打印", Kind.SECONDARY, printer, self._ask_print)
        self.panel.buttons.insertWidget(0, self.print_button)
        self.strip = PhotoField("演练照片", session, icons, tasks)
        self.strip.added.connect(self._add_photos)
        self.strip.removed.connect(self._remove)
        self.strip.opened.connect(self._look_at)
        self.strip.failed.connect(lambda words: self.notice.say(words, Tone.RED))
        self.panel.below.insertWidget(0, self.strip)
        self.panel.form.edited.connect(self._judge)
        self.panel.notice.acted.connect(self._show_photos)  # a draft was given up

    @cached_property
    def viewer(self) -> PhotoViewer:
        """The large photo, in the place of the form."""
        viewer = PhotoViewer(self.session.ledger)
        viewer.closed.connect(lambda: self.right.setCurrentWidget(self.panel))
        self.right.addWidget(viewer)
        return viewer

    # ---- what the register asks --------------------------------------------------------------

    def arranged(self, records: Sequence[Drill]) -> Sequence[Drill]:
        """The newest first."""
        return newest_first(records)

    def cells(self, record: Drill) -> Sequence[Cell]:
        """What one looks a drill up by."""
        held = record.held
        return (
            Cell(f"{held:%Y-%m-%d}" if held else "", tip=show_answer(record, "held")),
            Cell(record.topic or ""),
            Cell(show_answer(record, "kind")),
            number_cell(record.participants or 0),
            _seconds_cell(record),
        )

    def blank(self) -> Drill:
        """As the last one was, of the kind that was asked for."""
        return blank_drill(self.session.ledger, self._wanted)

    def add(self, kind: str | None = None) -> None:
        """Start a new drill, of this kind where one is due."""
        self._wanted = kind
        super().add()
        form = self.panel.form
        if not form.entry("held").raw():
            form.set_raw({"held": f"{self.session.today().isoformat()} "})

    def show_more(self, record: Drill) -> None:
        """Its photos, and what the seconds say."""
        saved = bool(record.id)
        self._photos = drill_photos(self.session.ledger, record) if saved else []
        self.print_button.setVisible(saved)
        self.strip.owner = record if saved else self.panel.new
        self.strip.forget()
        self._show_photos()
        self._judge()

    def refresh(self) -> None:
        """Read the drills again, and the photos of the one in hand."""
        super().refresh()
        if self.opened is not None:
            self.show_more(self.opened)

    def _on_saved(self, record: Drill) -> None:
        """A drill stays in hand: it is printed next, or gets more photos."""
        super()._on_saved(record)
        self.list.select(record.id)
        self.notice.say(f"已保存：{record.topic}。", Tone.GREEN)

    def _save(self, typed: Drill, seen: Drill) -> Drill:
        """A new drill and its photos in one go."""
        if seen.id:
            return super()._save(typed, seen)
        new = self.panel.new

        def work(ledger: Ledger) -> Drill:
            saved = ledger.save(typed)
            save_drill_photos(ledger, saved, new.hashes)
            return saved

        new.record = self.session.write(work, Drill.table, Photo.table)
        return new.record

    def _restore(self) -> None:
        photo, self._gone_photo = self._gone_photo, None
        if photo is None:
            super()._restore()
        elif self._write_photos(lambda ledger: ledger.restore(photo)):
            self.notice.hide()

    # ---- the two minutes ---------------------------------------------------------------------

    def _judge(self) -> None:
        """What the seconds say so far, while they are typed."""
        entries = self.panel.form.entry
        try:
            typed = [entries(name).value() for name in ("evacuation_seconds", "storeys")]
        except Problem:
            typed = [None, None]
        judgement = judge_evacuation(*typed)
        mark(self.judgement, role="problem" if judgement.kept is False else "hint")
        self.judgement.setText(judgement.words)
        self.judgement.setVisible(typed[0] is not None)  # on a small screen each line counts

    # ---- photos ------------------------------------------------------------------------------

    def _hashes(self) -> list[str]:
        if self._opened:
            return [photo.sha256 or "" for photo in self._photos]
        return self.panel.new.hashes

    def _show_photos(self) -> None:
        captions = [photo.caption or "" for photo in self._photos]
        self.strip.show_photos(self._hashes(), captions)

    def _add_photos(self, owner: Drill | NewPhotos[Drill], hashes: list[str]) -> None:
        """Photos arrive a moment after they were given: a new drill may be saved by then."""
        drill = owner.record if isinstance(owner, NewPhotos) else owner
        if drill is not None:
            self._write_photos(lambda ledger: save_drill_photos(ledger, drill, hashes))
        elif not self._opened and self.right.currentWidget() is not self.hint:
            self.panel.new.add(hashes)
            self._keep_new()
        elif isinstance(owner, NewPhotos):  # its form was left meanwhile
            owner.add(hashes)
            self.notice.attempt(lambda: owner.keep(self.session))

    def _keep_new(self) -> None:
        self.panel.keep_draft()
        self._show_photos()

    def _remove(self, at: int) -> None:
        if self._opened:
            self._remove_photo(self._photos[at])
        else:
            del self.panel.new.hashes[at]
            self._keep_new()

    def _remove_photo(self, photo: Photo) -> None:
        if self._write_photos(lambda ledger: ledger.remove(photo)):
            self._gone, self._gone_photo = None, photo
            self.notice.say("已移除 1 张照片。", Tone.BLUE, "撤销")

    def _write_photos(self, work: Callable[[Ledger], None]) -> bool:
        done = self.notice.attempt(partial(self.session.write, work, Photo.table))
        if self.opened is not None:
            self.show_more(self.opened)
        return done

    def _look_at(self, at: int) -> None:
        self.right.setCurrentWidget(self.viewer)
        self.viewer.show_photos(self._hashes(), at)

    def _ask_print(self) -> None:
        self.print_asked.emit(self._opened)


def _seconds_cell(record: Drill) -> Cell:
    """How long it took; the words of the tip say what the colour does."""
    seconds = record.evacuation_seconds
    judgement = judge_evacuation(seconds, record.storeys)
    words = show_seconds(seconds) if seconds else "—"
    late = "（超时）" if judgement.kept is False else ""
    return Cell(words + late, seconds or 0, TONES[judgement.kept], judgement.words)
