"""A made-up school's whole journey, through the forms' own code, checked at the end.

It proves on any PC, without a screen, that what the program exists for works: three kinds of work
typed into the real forms, every paper, a bundle, a district's ledger that holds the same.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from models.files import cannot_write
from models.ledger import drafts, findings
from models.ledger.ledger import Ledger
from models.ledger.training import totals
from models.printing import REPORTS, file_name, print_report
from models.printing.job import Job
from models.printing.letters import FORM
from models.records.development import Reflection
from models.records.drill import Drill
from models.records.finding import Finding, FindingStep
from models.records.inspection import Inspection
from models.records.measure import school_year_of
from models.records.periods import latest_terms, moved
from models.reports.paper.faces import find_faces
from models.templates.safety import load_safety
from ui.demo_content import FINDINGS, LETTER, OFFICE, PEOPLE, SCHOOL, SESSIONS, a_photo, answer_for
from ui.demo_exchange import exchange
from ui.demo_management import write_growth, write_management
from ui.demo_safety import write_safety

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.start import Opener

Say = Callable[[str], None]
SIZE = (1280, 800)


@dataclass
class Journey:
    """Where the results go, and what did not come out as it should."""

    folder: Path
    resources: Path
    say: Say
    mismatches: list[str] = field(default_factory=list)

    def check(self, what: str, found: object, wanted: object) -> None:
        """Say what was found; remember it where it is not what was wanted."""
        right = found == wanted
        self.say(
            f"{'✓' if right else '✗'} {what}：{found}" + ("" if right else f"（应为 {wanted}）")
        )
        if not right:
            self.mismatches.append(what)


def run_demo(folder: Path, resources: Path, open_ledger: "Opener", say: Say) -> int:
    """Walk the journey into this folder; the exit code is 1 where anything does not match."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from ui.look import apply_look

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_look(app, resources)
    for part in ("school", "office"):
        shutil.rmtree(folder / part, ignore_errors=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from None
    journey = Journey(folder, resources, say)
    school, school_lock = open_ledger(folder / "school")
    office, office_lock = open_ledger(folder / "office")
    try:
        _walk(journey, school, office)
    finally:
        for ledger in (school, office):
            ledger.close()
        for lock in (school_lock, office_lock):
            lock.release()
    say("全部相符。" if not journey.mismatches else f"有 {len(journey.mismatches)} 处不符。")
    return 1 if journey.mismatches else 0


def _walk(journey: Journey, school: Ledger, office: Ledger) -> None:
    window = _window(journey, school)
    _first_run(window, SCHOOL)
    picture = _camera(journey, window)
    _record_findings(journey, window, school)
    write_safety(school, load_safety(journey.resources / "checklists" / "safety_items.json"))
    _fill_checklist(journey, window)
    _train(journey, window, school)
    for key in window.keys:
        window.go(key)
        picture(key)
    _print(journey, school)
    _found_office(journey, office)
    exchange(journey, school, office)
    district = _window(journey, office)
    district.go("district")
    _camera(journey, district)("district")
    for shown in (window, district):
        _put_away(shown)


def _window(journey: Journey, ledger: Ledger) -> "MainWindow":
    from ui.icons import Icons
    from ui.main_window import MainWindow
    from ui.session import Session
    from ui.tasks import Tasks

    session = Session(ledger, journey.resources)
    window = MainWindow(session, Icons(journey.resources / "icons"), Tasks())
    window.resize(*SIZE)
    window.show()
    return window


def _camera(journey: Journey, window: "MainWindow") -> Callable[[str], None]:
    """Pictures of the window, one a page."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    def take(name: str) -> None:
        loop = QEventLoop()
        QTimer.singleShot(600 if name == "reports" else 60, loop.quit)
        loop.exec()
        QApplication.processEvents()
        window.grab().save(str(journey.folder / f"{name}.png"))

    return take


def _first_run(window: "MainWindow", answers: dict[str, dict[str, str]]) -> None:
    from ui.pages.first_run import FirstRun

    first = window.centralWidget()
    assert isinstance(first, FirstRun)
    first.kind.set_value(answers["unit"]["kind"])
    first.unit.set_raw(answers["unit"])
    first.school.set_raw(answers["school"])
    first.person.set_raw(answers["person"])
    first.found()


def _record_findings(journey: Journey, window: "MainWindow", ledger: Ledger) -> None:
    from ui.pages.findings import FindingsPage

    page = window.page("findings")
    assert isinstance(page, FindingsPage)
    window.go("findings")
    today = ledger.clock().astimezone().date()
    for number, entry in enumerate(FINDINGS):
        page.new_finding()
        page.form.form.set_raw(_dated(entry.answers, today))
        if number < 2:
            picture = journey.folder / "school" / f"photo-{number}.jpg"
            picture.write_bytes(a_photo(entry.answers["place"], number))
            page.form.photos.take([picture])
            _until(lambda: not page.tasks.running)
        page.form.save()
        saved = ledger.all(Finding)[-1]
        for kind, answers in entry.steps:
            page.open_record(saved.id)
            page.detail.step_asked.emit(kind)
            step = page.step_form
            assert step is not None
            step.form.set_raw(_dated(answers, today))
            step.save()
    counts = findings.counts(ledger, today)
    closed = sum(1 for entry in FINDINGS if entry.steps and entry.steps[-1][0] == "closed")
    journey.check("登记隐患", counts.total, len(FINDINGS))
    journey.check("已销号", counts.closed, closed)
    journey.check("按拼音首字母找到灭火器", len(findings.numbers(ledger, "all", today, "mhq")), 1)


def _until(done: Callable[[], bool]) -> None:
    """Let the program go on until then, as it does while a person waits."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    while not done():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _dated(answers: dict[str, str], today: date) -> dict[str, str]:
    """`@-3` stands for three days before today."""
    return {
        name: (today + timedelta(days=int(text[1:]))).isoformat() if text.startswith("@") else text
        for name, text in answers.items()
    }


def _fill_checklist(journey: Journey, window: "MainWindow") -> None:
    from ui.pages.five_management import FiveManagementPage

    page = window.page("five_management")
    assert isinstance(page, FiveManagementPage)
    window.go("five_management")
    answered = 0
    for area in page.areas.cards:
        page.areas.show_area(area)
        for name, row in page.areas.panels[area].rows.items():
            row.entry.set_value(answer_for(row.line, page.session.today()))
            if row.entry.detail is not None:
                row.entry.detail.set_raw("赵𬱖")
            row.entry.edited.emit()
            answered += row.commit() and bool(name)
    rows = sum(len(panel.rows) for panel in page.areas.panels.values())
    journey.check("五项管理已答", answered, rows)


def _train(journey: Journey, window: "MainWindow", ledger: Ledger) -> None:
    from ui.pages.training import TrainingPage

    page = window.page("training")
    assert isinstance(page, TrainingPage)
    window.go("training")
    page.add_people()
    page.people_tab.paste.start(PEOPLE)
    page.people_tab.paste.add()
    year = ledger.clock().astimezone().year
    for answers in SESSIONS:
        page.new_session()
        form = page.sessions_tab.form
        form.panel.form.set_raw({k: v.replace("YEAR", str(year)) for k, v in answers.items()})
        form.panel.save()
        page.open_attendance(form.opened.id)
        page.attendance_tab.fill_present()
    people = totals(ledger, year)
    journey.check("学员", len(people), len(PEOPLE.splitlines()))
    # seed 000: 33.5 hours are 2010 minutes, 44.67 学时 at 45 minutes each
    journey.check("每人分钟", {p.total_minutes for p in people}, {2010})
    journey.check("每人学时", {str(p.total) for p in people}, {"44.67"})


def _print(journey: Journey, ledger: Ledger) -> None:
    resources = journey.resources
    job = Job(ledger, resources / "checklists", find_faces(resources / "fonts"))
    today = ledger.clock().astimezone().date()
    month, term = f"{today:%Y-%m}", latest_terms(today, 1)[0]
    drafts.keep(ledger, FORM, LETTER)
    write_management(ledger, today)
    programme = write_growth(ledger, today)
    trainee = ledger.all(Reflection)[0].person or ""
    closed = ledger.all(FindingStep, kind="closed")[0].finding or ""
    parameters = {
        "year": str(today.year),
        "month": month,
        "term": term,
        "school_term": term,
        "school_year": school_year_of(today),
        "spot": month,
        "two_months": moved(month, -1),
        "none": "now",
        "letter": "now",
        "notice": closed,
        "closed": closed,
        "major": ledger.all(Finding, level="major")[0].id,
        "inspection": ledger.all(Inspection)[0].id,
        "drill": ledger.all(Drill)[0].id,
        "programme": programme.id,
        "person": trainee,
        "trainee": f"{trainee}@{today.year}",
        "assessment": f"{trainee}@{today.year}下",
    }
    for key, kind in REPORTS.items():
        parameter = parameters[kind.parameter]
        path = journey.folder / file_name(ledger, key, parameter)
        result = print_report(job, key, parameter, path)
        journey.check(f"{kind.title} {result.pages} 页，缺字", len(result.missing), 0)


def _found_office(journey: Journey, office: Ledger) -> None:
    window = _window(journey, office)
    _first_run(window, OFFICE)
    _put_away(window)


def _put_away(window: "MainWindow") -> None:
    """Close the window and let go of it now, before its ledger is closed."""
    from PySide6.QtCore import QCoreApplication, QEvent

    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
