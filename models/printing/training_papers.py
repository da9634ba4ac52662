"""Papers about one trainee or one programme."""

from models.ledger import training
from models.ledger.certificates import given_twice
from models.ledger.development import growth_of_programme, growths
from models.ledger.indicators import indicators, parts_of, scores
from models.ledger.programmes import sessions_of, totals_of
from models.ledger.same_person import everyone_of, standing_person
from models.printing.job import NOTHING, Job, year_of
from models.problems import AppError
from models.records.growth import Growth
from models.records.person import Person
from models.records.programme import Programme, Trainee
from models.records.training import PersonTotal
from models.reports.completion_certificate import Graduate, completion_certificates
from models.reports.hours_certificate import hours_certificate
from models.reports.programme_report import programme_report
from models.reports.programme_words import Course
from models.reports.report import Report
from models.reports.self_assessment_sheet import self_assessment_sheet
from models.reports.training_file import Dossier, training_file


def hours(job: Job, parameter: str) -> Report:
    """学时证明, of `<person>@<year>`."""
    record, _, when = parameter.partition("@")
    person, year = _person(job, record), year_of(when)
    marks = training.marks(job.ledger, year).get(person.id, ())
    if not marks:
        raise AppError(f"{person.name}在{year}年没有培训考勤，{NOTHING}")
    total = PersonTotal(person, marks, year)
    return hours_certificate(job.unit_name(), year, job.today(), total, faces=job.faces)


def dossier(job: Job, record: str) -> Report:
    """培训档案, of a person."""
    person = _person(job, record)
    marked = training.marks_of(job.ledger, training.sessions(job.ledger))
    total = PersonTotal(person, marked.get(person.id, ()))
    growth = growths(job.ledger).get(person.id, Growth())
    trainees = [
        trainee
        for one in reversed(everyone_of(job.ledger, person.id))
        for trainee in job.ledger.all(Trainee, person=one)
    ]
    once = {one.programme: one for one in sorted(trainees, key=lambda one: bool(one.certificate))}
    enrolled = [
        (programme, trainee)
        for trainee in once.values()
        if (programme := job.ledger.get(Programme, trainee.programme or ""))
    ]
    found = Dossier(total, growth, enrolled)
    return training_file(job.unit_name(), job.today(), found, faces=job.faces)


def certificates(job: Job, record: str) -> Report:
    """结业证书 of everybody in a programme who has a number, in the order of the numbers."""
    programme = _programme(job, record)
    totals = {one.person.id: one.total for one in totals_of(job.ledger, programme.id)}
    graduates = [
        Graduate(
            person.name or "",
            job.unit_name(person.unit),
            trainee.certificate,
            totals[person.id],
        )
        for trainee, person in training.trainees(job.ledger, programme.id)
        if trainee.certificate
    ]
    if not graduates:
        raise AppError(f"“{programme.name}”还没有编证书号，{NOTHING}请先在“干部培训”里编号。")
    if twice := given_twice(job.ledger, programme.id):
        raise AppError(f"{twice}现在没有打印。")
    issuer = programme.organiser or job.unit_name()
    numbered = sorted(graduates, key=lambda one: one.number)
    return completion_certificates(issuer, programme, job.today(), numbered, faces=job.faces)


def course(job: Job, record: str) -> Report:
    """培训情况报告 of a programme."""
    programme = _programme(job, record)
    found = Course(
        programme,
        sessions_of(job.ledger, programme.id),
        totals_of(job.ledger, programme.id),
        growth_of_programme(job.ledger, programme.id),
        growths(job.ledger, programme.id),
    )
    return programme_report(job.unit_name(), job.today(), found, faces=job.faces)


def assessment(job: Job, parameter: str) -> Report:
    """能力自测表, of `<person>@<period>`."""
    record, _, period = parameter.partition("@")
    person, listed = _person(job, record), indicators(job.ledger)
    given = scores(job.ledger, person.id, period)
    if not listed:
        raise AppError(f"还没有导入自测指标，{NOTHING}")
    parts = parts_of(listed, given)
    return self_assessment_sheet(
        job.unit_name(), job.today(), person, period, listed, given, parts, faces=job.faces
    )


def _person(job: Job, record: str) -> Person:
    person = standing_person(job.ledger, record)
    if person is None:
        raise AppError(f"这个人不在名单里，可能已经删除，{NOTHING}")
    return person


def _programme(job: Job, record: str) -> Programme:
    programme = job.ledger.get(Programme, record)
    if programme is None:
        raise AppError(f"这个班次不在台账里，可能已经删除，{NOTHING}")
    return programme
