from datetime import date

from models.ledger.development import (
    growth_of_programme,
    growths,
    milestones_of,
    programme_now,
)
from models.records.growth import Growth
from tests.models.ledger.growing import (
    a_member,
    a_milestone,
    a_placement,
    a_programme,
    a_project,
    a_reflection,
    a_talk,
    a_trainee,
)


def test_the_programme_that_runs_is_offered_first(ledger):
    assert programme_now(ledger) == ""
    later = ledger.save(a_programme(name="后一期", begins=date(2027, 1, 1), ends=date(2027, 9, 1)))
    assert programme_now(ledger) == later.id
    now = ledger.save(a_programme())
    assert programme_now(ledger) == now.id


def test_everybody_has_what_they_did_and_a_project_belongs_to_all_its_members(ledger):
    programme = ledger.save(a_programme())
    zhao, zhang, wang = (ledger.save(a_trainee(name)) for name in ("赵𬱖", "张㛃", "王平安"))
    talk = ledger.save(a_talk(zhao, programme=programme.id))
    other = ledger.save(a_talk(zhao))
    essay = ledger.save(a_reflection(zhang, programme=programme.id))
    placement = ledger.save(a_placement(zhang, programme=programme.id))
    project = ledger.save(a_project(zhao, programme=programme.id))
    ledger.save(a_member(project, wang))
    assert growths(ledger) == {
        zhao.id: Growth([talk, other], [], [], [project]),
        zhang.id: Growth([], [essay], [placement], []),
        wang.id: Growth([], [], [], [project]),
    }
    assert growths(ledger, programme.id)[zhao.id].talks == [talk]
    whole = growth_of_programme(ledger, programme.id)
    assert whole == Growth([talk], [essay], [placement], [project])


def test_milestones_stand_by_their_days(ledger):
    project = ledger.save(a_project(ledger.save(a_trainee("赵𬱖"))))
    last = ledger.save(a_milestone(project, name="验收", due=date(2026, 9, 1)))
    first = ledger.save(a_milestone(project, done_on=date(2026, 4, 20)))
    assert milestones_of(ledger, project.id) == [first, last]
