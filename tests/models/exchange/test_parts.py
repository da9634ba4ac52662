"""A bundle in parts: whatever is cut, each part is a bundle of its own and none lacks another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange import export, letter, parts, zip_reader
from models.exchange.export import NothingNew
from models.exchange.keys import Keys
from models.exchange.parts import Parts, Piece
from models.exchange.receive import receive_files
from models.ledger.lines import GENESIS
from models.ledger.streams import Stream, streams_of
from models.problems import AppError
from models.records.finding import Finding, Photo
from models.records.person import Person
from tests.conftest import Clock, a_finding, a_ledger, an_office
from tests.models.exchange.conftest import members_in, opened
from tests.models.exchange.enrolling import enrol, hand_back, hand_over, send, store_of, take
from tests.models.ledger.conftest import fold_of, have
from tests.models.ledger.test_attachments import jpeg

PLACES = "一二三四五六"


@pytest.fixture
def busy(allied):
    """A school with six findings, one of them with a photo, and its office."""
    school, office = allied
    for place in PLACES:
        school.save(a_finding(place=place))
    return school, office


def photographed(school):
    finding = school.all(Finding)[0]
    sha256 = school.attach(jpeg())
    school.save(Photo(finding=finding.id, stage="before", sha256=sha256))
    return sha256


def lines_in(path, reader):
    """(first, last) of each stream in this part."""
    names = [name for name in members_in(opened(path, reader)) if name.startswith("log/")]
    return [tuple(map(int, name.removesuffix(".jsonl").split("-")[1:])) for name in names]


def test_lines_are_cut_as_photos_are_and_each_part_goes_on_where_the_one_before_ends(
    busy, tmp_path
):
    school, office = busy
    made = send(school, tmp_path, part_bytes=900)
    ranges = [lines_in(path, office) for path in made.paths]
    assert len(ranges) == 3
    assert all(len(one) == 1 for one in ranges)
    ends = [last for ((_first, last),) in ranges]
    assert [first for ((first, _last),) in ranges] == [1, *(end + 1 for end in ends[:-1])]
    assert (ends[-1], made.lines) == (9, 9)


def test_no_part_is_larger_than_a_chat_program_takes(busy, tmp_path):
    school, office = busy
    photographed(school)
    for path in send(school, tmp_path, part_bytes=20_000).paths:
        members = members_in(opened(path, office))
        carried = [len(body) for name, body in members.items() if name[:4] in ("log/", "att/")]
        assert sum(carried) <= 20_000


@given(st.data())
def test_parts_that_come_in_any_order_make_the_same_ledger(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("parts")
    clock = Clock()
    school = a_ledger(folder / "school", clock=clock)
    office = a_ledger(folder / "office", an_office(), clock=clock)
    enrol(office, school)
    for place in data.draw(st.text("甲乙丙丁", min_size=1, max_size=5)):
        school.save(a_finding(place=place * data.draw(st.integers(1, 40))))
    sha256 = photographed(school)
    made = send(school, folder, part_bytes=data.draw(st.integers(1, 3_000)))
    paths = data.draw(st.permutations(made.paths))
    cut = data.draw(st.integers(0, len(paths)))
    for some in (paths[:cut], paths[cut:]):
        receive_files(office, store_of(office), some, lambda *_: None, lambda: False)
    assert have(office)[streams_of(school, school.unit)[0].log_id] == made.lines
    assert office.rows("SELECT * FROM held") == []
    for kind in (Finding, Photo, Person):
        assert office.all(kind, unit=school.unit) == school.all(kind)
    assert office.photo(sha256)
    folded = fold_of(office)
    office.rebuild()
    assert fold_of(office) == folded
    for ledger in (school, office):
        ledger.close()


def test_parts_that_are_read_together_are_read_in_their_order(busy, tmp_path):
    school, office = busy
    made = send(school, tmp_path, part_bytes=200).paths
    results = receive_files(office, store_of(office), made[::-1], lambda *_: None, lambda: False)
    assert [(result.path, result.clean) for result in results] == [(path, True) for path in made]


def test_a_folder_lists_ten_parts_in_their_order(busy, tmp_path):
    school, _office = busy
    school.save(a_finding())
    made = send(school, tmp_path, part_bytes=1).paths
    assert made[1].name.endswith("-第02份共10份.aqb")
    assert sorted(made) == list(made)


def test_a_part_that_got_lost_is_brought_by_the_next_bundle(busy, tmp_path):
    school, office = busy
    made = send(school, tmp_path / "first", part_bytes=900)
    for path in made.paths[:1] + made.paths[2:]:
        take(office, path)
    assert len(office.all(Finding)) < len(PLACES)
    hand_back(office, school, tmp_path)
    hand_over(school, office, tmp_path / "second")
    assert [finding.place for finding in office.all(Finding)] == list(PLACES)
    hand_back(office, school, tmp_path / "back")
    with pytest.raises(NothingNew):
        send(school, tmp_path)


def test_no_stream_has_more_lines_in_a_part_than_readers_take(busy, tmp_path, monkeypatch):
    school, office = busy
    monkeypatch.setattr(parts, "MOST_LOG", 1_000)
    monkeypatch.setattr(zip_reader, "_MOST", ((zip_reader.LOG_NAME, 1_000), *zip_reader._MOST))
    made = send(school, tmp_path)
    assert len(made.paths) > 2
    for path in reversed(made.paths):
        take(office, path)
    assert len(office.all(Finding)) == len(PLACES)


def test_no_part_has_more_members_than_readers_take(busy, tmp_path, monkeypatch):
    school, office = busy
    photographed(school)
    monkeypatch.setattr(parts, "MOST_ITEMS", 1)
    made = send(school, tmp_path)
    assert len(made.paths) == 2
    assert [take(office, path).photos for path in made.paths] == [0, 1]


def test_lines_of_another_pc_are_never_cut_for_only_their_author_signs_an_end(busy, tmp_path):
    school, office = busy
    hand_over(school, office, tmp_path)
    made = send(office, tmp_path, school.unit, complete=True, part_bytes=1)
    assert (made.stuck, made.lines) == (0, 9)
    assert lines_in(made.paths[0], school) == [(1, 9)]


def test_lines_of_another_pc_that_no_reader_would_take_are_left_and_told(
    busy, tmp_path, monkeypatch
):
    school, office = busy
    hand_over(school, office, tmp_path)
    monkeypatch.setattr(parts, "MOST_LOG", 1_000)
    made = send(office, tmp_path, school.unit, complete=True)
    assert (made.stuck, made.lines) == (9, 0)
    assert "别的电脑写的 9 条记录太多，没有装入" in made.left_words
    assert take(school, made.path).clean


def test_a_stream_that_does_not_fit_any_more_begins_the_next_part():
    stream, keys = Stream(1, "a", "u", "pc", 1, GENESIS, 1, bytes(64)), Keys.of_seed(bytes(32))
    shared = Parts(10)
    for _ in range(2):
        assert shared.add_whole(stream, Piece(0, GENESIS), [b"12345678\n"], 9)
        shared.add_own(stream, Piece(0, GENESIS), [b"1234\n", b"5678\n"], keys)
    assert [[e.last for e in part.entries] for part in shared.all] == [[1], [2], [1], [2]]


def test_lines_that_are_packed_a_thousand_times_smaller_can_be_read_all_the_same(
    allied, tmp_path, monkeypatch
):
    school, office = allied
    monkeypatch.setattr(letter, "SMALL", 1_000)
    monkeypatch.setattr(zip_reader, "SMALL", 1_000)
    monkeypatch.setattr(letter, "MOST_RATIO", 8)
    monkeypatch.setattr(zip_reader, "MOST_RATIO", 8)
    school.save(a_finding(description="很" * 1900))
    hand_over(school, office, tmp_path)
    assert len(office.all(Finding)) == 1


def test_a_bundle_of_lines_that_changed_under_it_is_not_made(busy, tmp_path, monkeypatch):
    school, _office = busy
    load = export.load_cargo

    def loaded(*what):
        cargo = load(*what)
        with school.transaction() as db:
            db.execute("UPDATE op SET line = '{}' WHERE seq = 9")
        return cargo

    monkeypatch.setattr(export, "load_cargo", loaded)
    with pytest.raises(AppError, match="请再生成一次"):
        send(school, tmp_path, part_bytes=900)
    assert list(tmp_path.glob("*.aqb*")) == []
    assert school.rows("SELECT * FROM outbox") == []


def test_our_own_word_for_a_stream_is_kept_with_the_bundle_not_before_it(busy, tmp_path):
    school, _office = busy
    (stream,) = streams_of(school, school.unit)
    assert stream.signed < stream.seq
    send(school, tmp_path, part_bytes=900)
    (stream,) = streams_of(school, school.unit)
    assert stream.signed == stream.seq
