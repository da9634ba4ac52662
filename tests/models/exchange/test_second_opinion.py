"""督评: the office's opinion of a sheet goes down in a reply, and stands beside the school's."""

from dataclasses import replace

import pytest
from PIL import Image

from models.exchange.delivery import delivery
from models.ledger import checklists
from models.ledger.conflicts import conflicts
from models.ledger.evidence import evidence, save_evidence
from models.ledger.reviews import opinions, save_review
from models.records.five_management import ChecklistAnswer, ChecklistReview
from models.templates.five_management import load_template
from tests.conftest import RESOURCES, SCHOOL_CODE
from tests.models.exchange.enrolling import hand_back, hand_over
from tests.models.ledger.conftest import MONTH, fold_of

LINE = "fm.ph.03"


def test_two_opinions_travel_and_neither_overwrites_the_other(allied, tmp_path):
    school, office = allied
    blank = checklists.new_sheet(
        school, load_template(RESOURCES / "checklists" / "five_management.json"), MONTH
    )
    checklists.save_answer(school, blank, ChecklistAnswer(line=LINE, response="yes"))
    sheet = checklists.sheet(school, MONTH)
    picture = tmp_path / "保管柜.png"
    Image.new("RGB", (40, 30), "blue").save(picture)
    save_evidence(school, sheet, LINE, [school.attach(picture.read_bytes())])
    save_review(school, sheet, ChecklistReview(line=LINE, result="met"))
    assert hand_over(school, office, tmp_path / "up").clean

    arrived = checklists.sheet(office, MONTH, SCHOOL_CODE)
    (photo,) = evidence(office, arrived, [LINE])[LINE]
    assert office.photo(photo.sha256) is not None
    save_review(office, arrived, ChecklistReview(line=LINE, result="unmet", note="柜门未锁"))
    assert hand_back(office, school, tmp_path / "down").clean

    for ledger in (school, office):
        said = opinions(ledger, sheet)[LINE]
        assert said.inspector.review.result == "met"
        assert (said.office.review.result, said.office.who) == ("unmet", "王局安")
        assert said.final.review.note == "柜门未锁"
        assert checklists.answers(ledger, sheet)[LINE].response == "yes"
        assert ledger.rows("SELECT * FROM refused") == []
        assert conflicts(ledger) == []
    assert delivery(school).waiting == 0
    for table in ("checklist", "checklist_answer", "checklist_review", "photo"):
        assert fold_of(school)[table] == fold_of(office)[table], table


def test_a_school_answers_again_but_cannot_change_what_the_office_said(allied, tmp_path):
    school, office = allied
    template = load_template(RESOURCES / "checklists" / "five_management.json")
    blank = checklists.new_sheet(school, template, MONTH)
    checklists.save_answer(school, blank, ChecklistAnswer(line=LINE, response="yes"))
    sheet = checklists.sheet(school, MONTH)
    assert hand_over(school, office, tmp_path / "up").clean
    save_review(office, sheet, ChecklistReview(line=LINE, result="unmet", note="柜门未锁"))
    assert hand_back(office, school, tmp_path / "down").clean

    theirs = opinions(school, sheet)[LINE].office.review
    with pytest.raises(ValueError, match="rights"):
        save_review(school, sheet, replace(theirs, result="met"), theirs)
    seen = checklists.answers(school, sheet)[LINE]
    checklists.save_answer(school, sheet, replace(seen, response="no"), seen)
    assert hand_over(school, office, tmp_path / "again").clean
    for ledger in (school, office):
        assert checklists.answers(ledger, sheet)[LINE].response == "no"
        assert opinions(ledger, sheet)[LINE].office.review == theirs
        assert conflicts(ledger) == []
