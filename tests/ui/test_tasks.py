import threading

import pytest

from models.problems import AppError, Problem


def test_work_runs_elsewhere_and_its_result_is_shown_here(tasks, finish):
    results, places = [], []

    def work():
        places.append(threading.current_thread())
        return 42

    def done(result):
        results.append(result)
        places.append(threading.current_thread())

    finish(tasks.run, work, done, results.append)
    assert results == [42]
    assert places[0] is not places[1]
    assert places[1] is threading.current_thread()


@pytest.mark.parametrize("trouble", [AppError("磁盘已满。"), Problem("密码不对。")])
def test_a_trouble_is_told_in_its_words(tasks, finish, trouble):
    words = []

    def work():
        raise trouble

    finish(tasks.run, work, lambda _result: pytest.fail("done"), words.append)
    assert words == [str(trouble)]


def test_a_bug_is_raised_here_and_the_page_is_told(tasks, qtbot):
    words = []

    def work():
        raise KeyError("oh")

    with qtbot.capture_exceptions() as caught, qtbot.waitSignal(tasks.busy):
        tasks.run(work, lambda _result: pytest.fail("done"), words.append)
    with qtbot.capture_exceptions() as later:
        qtbot.waitUntil(lambda: bool(words))
    assert [kind for kind, _error, _trace in [*caught, *later]] == [KeyError]
    assert words == ["没有做完：程序出了意外的错误。"]


def test_tasks_go_one_after_another_and_busy_ends_with_the_last(tasks, qtbot):
    order, states, gate = [], [], threading.Event()
    tasks.busy.connect(states.append)
    tasks.run(lambda: gate.wait(5), lambda _r: order.append("first"), order.append)
    tasks.run(lambda: None, lambda _r: order.append("second"), order.append)
    assert states == [True, True]
    gate.set()
    qtbot.waitUntil(lambda: order == ["first", "second"])
    assert states == [True, True, False]


def test_it_is_busy_until_the_result_was_shown_and_what_that_started_is_done(tasks, qtbot):
    states = []

    def first(_result):
        states.append(tasks.running)
        tasks.run(lambda: None, second, states.append)

    def second(_result):
        states.append(tasks.running)

    tasks.busy.connect(states.append)
    with qtbot.waitSignal(tasks.busy, check_params_cb=lambda busy: not busy):
        tasks.run(lambda: None, first, states.append)
    assert states == [True, True, True, True, False]
    assert not tasks.running


def test_closing_waits_for_the_work_in_hand_and_drops_the_rest(tasks, qtbot):
    started, gate, made = threading.Event(), threading.Event(), []

    def work():
        started.set()
        gate.wait(5)
        made.append("first")

    tasks.run(work, lambda _r: None, made.append)
    tasks.run(lambda: made.append("second"), lambda _r: None, made.append)
    started.wait(5)
    threading.Timer(0.05, gate.set).start()
    tasks.close()
    assert tasks.stopping.is_set()
    assert made == ["first"]
    with qtbot.waitSignal(tasks.busy, check_params_cb=lambda busy: not busy):
        pass
    assert made == ["first"]
