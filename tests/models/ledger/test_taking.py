import gc

import pytest

from tests.models.ledger.conftest import Writer, far


@pytest.fixture
def collector():
    was_on = gc.isenabled()
    yield gc
    (gc.enable if was_on else gc.disable)()


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_left_as_it_was(ledger, stranger: Writer, collector, on):
    (collector.enable if on else collector.disable)()
    ledger.receive([stranger.segment()])
    assert collector.isenabled() is on
    ledger.rebuild()
    assert collector.isenabled() is on


def test_what_became_of_many_bundles_is_told_apart_by_their_streams(ledger):
    one, two, three = Writer("one"), Writer("two"), Writer("three")
    record = one.create("finding", place="三楼")
    two.update("finding", record, t=far(9), place=["三楼", "四楼", 0, record])
    two.update("finding", "nowhere.1", place=["三楼", "四楼", 0, "nowhere.1"])
    two.create("future", place="三楼")
    three.update("finding", record, place=["三楼", "五楼", 7, record])
    three.create("person", name="张㛃")
    three.update("finding", record, t=far(8), place=["三楼", "六楼", 0, record])
    outcome = ledger.receive([one.segment(), two.segment(), three.segment(1, 2)])
    assert outcome.by_log == {
        "one": {"new": 2, "had": 0},
        "two": {"new": 4, "had": 0, "waiting": 1, "unknown": 1},
        "three": {"new": 2, "had": 0, "refused": 1},
    }
    outcome = ledger.receive([two.segment(), three.segment(4)])
    assert outcome.by_log == {"two": {"had": 4, "waiting": 1}, "three": {"held": 1}}
    outcome = ledger.receive([three.segment(2, 3)])
    assert outcome.by_log == {"three": {"had": 1, "new": 2, "conflicts": 1}}
