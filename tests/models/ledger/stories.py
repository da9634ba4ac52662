"""Dense stories: most of what can happen to the fleet, in an order drawn from a number.

The machine lets Hypothesis choose and make short what fails. A story is for finding out quickly
whether anything fails at all.
"""

import random
from collections.abc import Callable

from tests.models.ledger.fleet.always import Fleet
from tests.models.ledger.fleet.world import FIELDS, SKEWS


def tell(number: int, *, to_the_end: bool = True) -> None:
    """One story, from the beginning to where everybody has heard everything, or not so far."""
    rnd = random.Random(number)
    world = Fleet()
    if old := rnd.choice((None, "a2", "o2")):
        world.make_old(old)
        world.newer_program(rnd.randint(0, 3))
    deeds = [*_common(world, rnd), *_rare(world, rnd)]
    # not all of them: what one does may hide what another did
    for deed in rnd.sample(deeds, len(deeds) * 3 // 4):
        deed()
        world.check()
    if old:
        world.update_program(old)
        world.check()
    if to_the_end:
        world.everybody_hears_everything()
    world.close()


def _common(fleet: Fleet, rnd: random.Random) -> list[Callable[[], object]]:
    """What people do every day."""
    first, second, third = rnd.sample(("a1", "a2", "o1", "o2"), 3)
    field = rnd.choice(FIELDS)

    def step_and_take_back(who: str, record: str) -> None:
        fleet.step(who, record, 0)
        fleet.check()
        fleet.step_taken_back(who, record)

    return [
        lambda: fleet.quarrel(fleet.shared[0], rnd.choice(FIELDS), rnd),
        lambda: fleet.quarrel(fleet.shared[1], rnd.choice(FIELDS), rnd),
        lambda: fleet.stranger_answers(fleet.shared[0], field, rnd),
        lambda: fleet.stranger_answers(fleet.shared[1], field, rnd),
        lambda: fleet.stranger_answers(fleet.shared[2], field, rnd),
        lambda: fleet.stranger_answers(rnd.choice(fleet.shared), field, rnd),
        lambda: fleet.news_travels(first, second, third, field, rnd),
        lambda: fleet.form_overtaken(first, second, fleet.shared[1], field, rnd),
        lambda: fleet.written_on_after_delete("a1", "a2", rnd),
        lambda: fleet.both_mark_attendance(rnd),
        lambda: [fleet.answer(who, 0, rnd.choice("甲乙")) for who in ("a1", "a2")],
        lambda: fleet.decide(first, rnd.randint(0, 99)),
        lambda: fleet.decide(second, rnd.randint(0, 99)),
        lambda: fleet.step(second, fleet.shared[1], 0),
        lambda: step_and_take_back(first, fleet.shared[1]),
        lambda: fleet.step_of_the_office(rnd.choice(("a1", "a2")), rnd),
        lambda: fleet.hand_over_in_pieces(second, first, rnd),
    ]


def _rare(fleet: Fleet, rnd: random.Random) -> list[Callable[[], object]]:
    """What happens to PCs, clocks and files."""
    school, other = rnd.sample(("a1", "a2"), 2)
    office = rnd.choice(("o1", "o2"))

    def close() -> None:
        fleet.close_stream(rnd.randint(0, 99), rnd.randint(0, 4))
        for who in rnd.sample((school, office), 2):
            fleet.hear_closed(who)
            fleet.check()
        # a second time, by somebody who knows of another end
        unit, log_id, last = fleet.closed[-1]
        fleet.closed.append((unit, log_id, max(0, last + rnd.choice((-1, 1)))))
        fleet.hear_closed(office)

    return [
        lambda: fleet.set_clock(school, rnd.choice(SKEWS)),
        lambda: fleet.set_clock(office, rnd.choice(SKEWS)),
        lambda: fleet.strangers_talk(rnd),
        lambda: fleet.strangers_talk(rnd),
        lambda: fleet.deliver_forged(school, rnd.randint(0, 99), True),
        lambda: fleet.deliver_forged(office, rnd.randint(0, 99), False),
        lambda: fleet.taken_away_and_brought_back(office, school),
        lambda: fleet.goes_on_after_being_closed(other, fleet.shared[0], rnd.randint(0, 2)),
        lambda: fleet.live_twice(school, rnd),
        lambda: fleet.undo(office, other),
        lambda: fleet.undo(other, office),
        close,
        close,
    ]
