"""The control totals of an import: a line that the fold forgets undoes the whole import."""

import pytest

from models.ledger import merge, versions
from tests.conftest import OFFICE_CODE
from tests.models.ledger.conftest import Writer, fold_of, have


@pytest.fixture
def everything():
    """A stream with a line of each kind and of each fate."""
    writer = Writer()
    record = writer.create("finding", place="教学楼三楼")
    writer.update(
        "finding", record, place=["教学楼三楼", "四楼", 0, record], note=[None, "", 0, record]
    )
    writer.update("finding", record, note=["", "早知道", 7, record])
    writer.update("finding", "later.9", note=[None, "等", 0, "later.9"])
    writer.update("checklist_answer", f"k.{OFFICE_CODE}.1", note=[None, "别人的", 0, "0.0"])
    writer.write({"o": "c", "e": "finding", "n": OFFICE_CODE, "v": {"place": "别处"}})
    writer.create("moon", phase="full")
    writer.update("moon", "stranger.8", phase=["full", "new", 0, "stranger.8"])
    return writer


def test_every_fate_of_a_line_is_accounted_for(ledger, everything):
    counts = ledger.receive([everything.segment()]).counts
    assert (counts["new"], counts["refused"], counts["unknown"], counts["waiting"]) == (9, 3, 2, 1)
    later = Writer("later")
    for number in range(8):
        later.create("finding", number=str(number))
    ledger.receive([later.segment(3)])
    ledger.receive([later.segment(1, 2)])
    assert ledger.rows("SELECT * FROM pend") == []


@pytest.mark.parametrize(
    ("module", "name"),
    [(merge, "create"), (merge, "fold_versions"), (versions, "_record_history")],
)
def test_what_the_fold_forgets_undoes_the_import(ledger, everything, monkeypatch, module, name):
    before, lines = fold_of(ledger), have(ledger)
    monkeypatch.setattr(module, name, lambda *_arguments: None)
    with pytest.raises(RuntimeError, match=r"control totals: 9 lines, of them 1 binds"):
        ledger.receive([everything.segment()])
    monkeypatch.undo()
    assert (fold_of(ledger), have(ledger)) == (before, lines)
    assert ledger.receive([everything.segment()]).counts["new"] == 9
