import gc
import threading
import weakref

from ui.collector import Collector, collect_if_due


class Thing:
    """It holds itself, so only the collector can take it away."""

    def __init__(self):
        self.me = self


def make_many():
    return [[] for _ in range(gc.get_threshold()[0] * 20)]


def test_a_worker_takes_nothing_away_and_the_gui_thread_does(qtbot):
    collector = Collector()
    try:
        gone = weakref.ref(Thing())
        worker = threading.Thread(target=make_many)
        worker.start()
        worker.join()
        assert gone() is not None
        kept = make_many()
        collect_if_due()
        assert gone() is None
        assert kept
    finally:
        collector.stop()
    assert gc.isenabled()


def test_it_collects_now_and_then_by_itself(qtbot):
    collector = Collector()
    try:
        collector._timer.setInterval(1)
        gone = weakref.ref(Thing())
        kept = make_many()
        qtbot.waitUntil(lambda: gone() is None)
        assert kept
    finally:
        collector.stop()


def test_without_need_it_rests():
    gc.collect()
    gone = weakref.ref(Thing())
    collect_if_due()
    assert gone() is not None


def test_while_a_worker_is_busy_what_is_old_is_left_until_it_rests(qtbot):
    collector = Collector()
    try:
        collector._timer.setInterval(1)
        thing = Thing()
        old = weakref.ref(thing)
        while gc.get_count()[2] <= gc.get_threshold()[2]:
            gc.collect(1)  # what outlives it is old
        del thing
        collector.hold(True)
        young = weakref.ref(Thing())
        kept = make_many()
        qtbot.waitUntil(lambda: young() is None)
        assert old() is not None
        collector.hold(False)
        qtbot.waitUntil(lambda: old() is None)
        assert kept
    finally:
        collector.stop()
