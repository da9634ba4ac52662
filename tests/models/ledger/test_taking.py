import gc

import pytest

from models.ledger.segments import Parcel
from tests.conftest import Clock
from tests.models.ledger.conftest import Writer, far, fold_of, in_memory


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


def test_many_bundles_at_once_come_to_the_same_as_one_by_one():
    """Bundles of two units, twice each, with a conflict, a parallel edit, a gap and a refusal."""
    units = ("2137000001", "2137000002")
    parcels = []
    for unit in units:
        first, second = Writer(f"a{unit[-3:]}", unit), Writer(f"b{unit[-3:]}", unit)
        record = first.create("finding", t=far(0), place="三楼", finder="张㛃")
        first.update("finding", record, t=far(5), place=["三楼", "四楼", 0, record])
        second.update("finding", record, t=far(6), place=["三楼", "五楼", 0, record])
        second.update("finding", record, t=far(7), finder=["张㛃", "周平", 0, record])
        second.update("finding", record, t=far(8), finder=["张㛃", "吴静", 5, record])
        parcels += [Parcel([first.segment()], {}), Parcel([second.segment(4)], {})]
        parcels.append(Parcel([second.segment(1, 3), first.segment()], {}))
    parcels = parcels[::3] + parcels[1::3] + parcels[2::3]
    at_once, one_by_one = (in_memory(Clock(), "office") for _ in range(2))
    told = at_once.receive_many(parcels)
    singly = [one_by_one.receive(*parcel) for parcel in parcels]
    assert [+one.counts for one in told] == [+one.counts for one in singly]
    assert sum(one.counts["parallel"] for one in told) == 2
    assert fold_of(at_once) == fold_of(one_by_one)
    assert at_once.receive_many([]) == []
