"""What an older program only kept is folded when a newer one opens the ledger."""

import pytest

from models.ledger import upgrade
from models.ledger.upgrade import catch_up
from tests.models.ledger.conftest import fold_of, have


@pytest.fixture
def built(ledger, monkeypatch):
    """How often the tables were made anew."""
    counted = []
    monkeypatch.setattr(ledger, "rebuild", lambda: counted.append(1))
    return counted


def older(monkeypatch, **changes):
    """A program whose types are ours, with these changes."""
    columns = {**upgrade.COLUMNS, **changes}
    known = {table: names for table, names in columns.items() if names is not None}
    monkeypatch.setattr(upgrade, "COLUMNS", known)


def test_nothing_is_done_where_nothing_changed(ledger, built):
    catch_up(ledger)
    before = ledger.setting("known")
    assert before
    catch_up(ledger)
    assert (ledger.setting("known"), built) == (before, [])


def test_a_new_field_alone_asks_for_nothing(ledger, built, monkeypatch):
    with monkeypatch.context() as then:
        older(then, person=("name",))
        catch_up(ledger)
        known = ledger.setting("known")
    catch_up(ledger)
    assert (ledger.setting("known") == known, built) == (False, [])


def test_fields_that_stood_beside_their_records_are_folded(ledger, stranger, built, monkeypatch):
    with monkeypatch.context() as then:
        older(then, person=("name",))
        catch_up(ledger)
    stranger.create("person", name="甲", badge="A1")
    ledger.receive([stranger.segment()])
    catch_up(ledger)
    catch_up(ledger)
    assert built == [1]


def test_lines_of_a_type_that_is_known_now_are_folded(ledger, stranger, built, monkeypatch):
    stranger.create("person", name="甲")
    with monkeypatch.context() as then:
        older(then, person=None)
        catch_up(ledger)
    ledger.receive([stranger.segment()])
    catch_up(ledger)
    assert built == [1]


def test_a_type_of_which_there_are_no_lines_asks_for_nothing(ledger, built, monkeypatch):
    with monkeypatch.context() as then:
        older(then, attendance=None)
        catch_up(ledger)
    catch_up(ledger)
    assert built == []


def test_what_is_made_anew_reads_the_lines_that_were_only_kept(ledger, stranger):
    """The whole way: the tables as an older program left them end like a newer one's."""
    stranger.create("person", name="甲", post="教师")
    ledger.receive([stranger.segment()])
    wanted = fold_of(ledger)
    with ledger.transaction() as db:
        db.execute('UPDATE person SET post = NULL, extra = \'{"post":"教师"}\'')
    catch_up(ledger)
    assert fold_of(ledger) == wanted
    assert have(ledger)["stranger"] == 2


def test_other_rules_of_who_may_write_what_judge_everything_anew(ledger, built, monkeypatch):
    with monkeypatch.context() as then:
        then.setattr(upgrade, "RULES", "an older program's")
        catch_up(ledger)
        assert built == []
    catch_up(ledger)
    catch_up(ledger)
    assert built == [1]
