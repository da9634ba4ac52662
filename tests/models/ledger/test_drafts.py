from models.ledger import drafts
from models.ledger.streams import streams_of

TYPED = {"place": "<b>&赵𬱖🔥\n", "day": "2026-02-30"}


def test_a_draft_is_kept_as_typed_replaced_and_dropped(ledger):
    assert drafts.draft(ledger, "form") == {}
    drafts.keep(ledger, "form", TYPED)
    assert drafts.draft(ledger, "form") == TYPED
    drafts.keep(ledger, "form", {"place": "食堂"})
    drafts.keep(ledger, "other", TYPED)
    assert drafts.draft(ledger, "form") == {"place": "食堂"}
    drafts.drop(ledger, "form")
    assert drafts.draft(ledger, "form") == {}
    assert drafts.draft(ledger, "other") == TYPED


def test_a_draft_writes_no_line_that_others_would_get(ledger):
    before = streams_of(ledger, ledger.unit)
    drafts.keep(ledger, "form", TYPED)
    assert streams_of(ledger, ledger.unit) == before
