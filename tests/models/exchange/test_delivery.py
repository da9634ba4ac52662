import pytest

from models.exchange.delivery import (
    Delivery,
    delivery,
    exported_upto,
    made_bundles,
)
from models.exchange.export import export_bundle
from models.exchange.receive import receive_bundle, received_bundles
from tests.conftest import a_finding


@pytest.fixture
def stick(tmp_path):
    return tmp_path / "stick"


def lines_of(ledger):
    return ledger.rows("SELECT sum(seq) FROM log WHERE seq > 0")[0][0]


def test_before_the_first_bundle_everything_waits(ledger):
    count = lines_of(ledger)
    assert count > 0
    assert delivery(ledger) == Delivery(count, count)
    assert exported_upto(ledger) == {}
    assert made_bundles(ledger, 5) == []


def test_a_bundle_packs_the_lines_and_still_they_wait(ledger, stick):
    count = lines_of(ledger)
    export_bundle(ledger, stick)
    assert delivery(ledger) == Delivery(count, 0)
    ledger.save(a_finding())
    assert delivery(ledger) == Delivery(count + 1, 1)


def test_only_the_word_of_the_other_side_makes_lines_delivered(ledger, office, stick):
    made = export_bundle(ledger, stick)
    receive_bundle(office, made.path)
    assert delivery(ledger).waiting == made.lines
    assert not made_bundles(ledger, 5)[0].received
    receive_bundle(ledger, export_bundle(office, stick).path)
    assert delivery(ledger) == Delivery(0, 0)
    assert made_bundles(ledger, 5)[0].received


def test_what_was_written_after_the_reply_waits_again(ledger, office, stick):
    receive_bundle(office, export_bundle(ledger, stick).path)
    ledger.save(a_finding())
    receive_bundle(ledger, export_bundle(office, stick).path)
    assert delivery(ledger) == Delivery(1, 1)


def test_ones_own_bundle_read_back_is_no_receipt(ledger, stick):
    made = export_bundle(ledger, stick)
    receive_bundle(ledger, made.path)
    assert delivery(ledger).waiting == made.lines


def test_the_newest_bundles_come_first_and_each_tells_whether_it_arrived(ledger, office, stick):
    first = export_bundle(ledger, stick)
    receive_bundle(office, first.path)
    ledger.save(a_finding())
    second = export_bundle(ledger, stick)
    receive_bundle(ledger, export_bundle(office, stick).path)
    made = made_bundles(ledger, 5)
    assert [(one.name, one.received) for one in made] == [
        (second.path.name, False),
        (first.path.name, True),
    ]
    assert [one.no for one in made_bundles(ledger, 1)] == [2]
    assert made[0].made_at > made[1].made_at


def test_what_came_is_listed_newest_first_with_what_became_of_it(ledger, office, stick):
    paths, results = [], []
    for _ in range(2):
        ledger.save(a_finding())
        paths.append(export_bundle(ledger, stick).path)
    for path in reversed(paths):
        results.append(receive_bundle(office, path))
    newest, oldest = received_bundles(office, 5)
    assert (newest.name, oldest.name) == (paths[0].name, paths[1].name)
    assert newest.result.words() == results[1].words()
    assert oldest.result.words() == results[0].words()
    assert "缺 示例县实验小学 第 1—" in oldest.result.words()
    assert newest.received_at > oldest.received_at
    assert received_bundles(office, 1) == [newest]


def test_a_report_of_an_earlier_version_of_the_program_can_still_be_read(ledger, office, stick):
    receive_bundle(office, export_bundle(ledger, stick).path)
    with office.transaction() as db:
        db.execute("UPDATE inbox SET report = json_remove(report, '$.missing')")
    assert received_bundles(office, 1)[0].result.clean
