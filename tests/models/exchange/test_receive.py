import itertools
import shutil
from dataclasses import replace

import orjson
import pytest

from models.exchange import archive, reading, receive
from models.exchange.enrolment import approve, close_device, own_request, rotate_office
from models.exchange.format import MANIFEST, READER, SIGNATURE, head_bytes, sha256_of
from models.exchange.keys import Keys
from models.exchange.members import pinned_office, register
from models.exchange.receive import (
    find_files,
    receive_files,
    received_bundles,
    retry_kept,
)
from models.exchange.sealing import seal
from models.ledger import undo
from models.ledger.lines import chain, dump
from models.problems import AppError
from models.records.finding import Finding, Photo
from tests.conftest import SCHOOL_CODE, a_finding, a_ledger, a_school
from tests.models.exchange.conftest import forged, members_in, opened, signed, zipped
from tests.models.exchange.enrolling import enrol, hand_back, hand_over, send, store_of, take
from tests.models.ledger.conftest import fold_of, have
from tests.models.ledger.test_attachments import jpeg

SCHOOL = "示例县实验小学"


@pytest.fixture
def bundle(school, tmp_path):
    """A real bundle with a photo, made by the school."""
    finding = school.save(a_finding())
    school.save(Photo(finding=finding.id, stage="before", sha256=school.attach(jpeg())))
    return send(school, tmp_path / "out").path


def whole(ledger):
    """All that a bundle may change."""
    files = sorted(path.name for path in ledger.home.rglob("*.jpg"))
    tables = ("registry", "ack", "held", "fork", "returned", "wanted")
    kept = [ledger.rows(f"SELECT * FROM {table}") for table in tables]
    taken = ledger.rows("SELECT sha256 FROM inbox WHERE state = 'taken'")
    return fold_of(ledger), have(ledger), files, taken, kept


def refuses(office, path, words):
    """The file has no effect here, and the sentence says why."""
    before = whole(office)
    with pytest.raises(AppError, match=words) as error:
        take(office, path)
    assert path.name in str(error.value)
    assert whole(office) == before


def test_a_bundle_is_taken_in_with_its_photos_and_told(office, bundle, school):
    received = take(office, bundle)
    assert (received.new, received.photos, received.clean) == (5, 1, True)
    assert received.words() == f"{SCHOOL}：新增 5 条记录，照片 1 张。"
    (finding,) = office.all(Finding)
    (photo,) = office.all(Photo, finding=finding.id)
    assert office.photo(photo.sha256) == school.photo(photo.sha256)
    assert office.rows("SELECT name, unit FROM inbox") == [(bundle.name, SCHOOL_CODE)]


def test_the_file_is_kept_as_it_came(office, bundle):
    take(office, bundle)
    ((sha256,),) = office.rows("SELECT sha256 FROM inbox")
    assert archive.archive_path(office, sha256).read_bytes() == bundle.read_bytes()


def test_the_same_bundle_again_has_no_effect(office, bundle):
    take(office, bundle)
    before = whole(office)
    again = take(office, bundle)
    assert whole(office) == before
    assert (again.new, again.had) == (0, 5)
    assert "没有新的记录" in again.words()


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_bundles_is_of_no_consequence(allied, tmp_path, order):
    school, office = allied
    made = []
    for place in "一二三":
        school.save(a_finding(place=place))
        made.append(send(school, tmp_path / place).path)
    for at in order:
        take(office, made[at])
    assert [finding.place for finding in office.all(Finding)] == ["一", "二", "三"]
    assert office.rows("SELECT * FROM held") == []


def test_a_gap_is_told_and_the_next_bundles_heal_it(allied, tmp_path):
    """The school believes that its lines arrived, and the office lost them with its disk."""
    school, office = allied
    hand_over(school, office, tmp_path)
    hand_back(office, school, tmp_path)
    with office.transaction() as db:  # the office's backup of yesterday was put back
        ((number,),) = office.rows("SELECT log_no FROM log WHERE unit = ?", (school.unit,))
        db.execute("DELETE FROM op WHERE log_no = ?", (number,))
        db.execute("UPDATE log SET seq = 0, head = zeroblob(32) WHERE log_no = ?", (number,))
    office.rebuild()
    school.save(a_finding())
    received = hand_over(school, office, tmp_path / "gap")
    assert (received.held, received.clean) == (1, False)
    assert received.missing == ((SCHOOL, 1, 3),)
    assert f"（缺 {SCHOOL} 第 1—3 条），请对方再生成一次数据包。" in received.words()
    hand_back(office, school, tmp_path / "back")
    healed = hand_over(school, office, tmp_path / "healed")
    assert (healed.held, len(office.all(Finding))) == (0, 1)


def test_a_bundle_for_somebody_else_cannot_be_opened(allied, second, tmp_path):
    school, _office = allied
    path = send(school, tmp_path).path
    with pytest.raises(AppError, match="还没有入网"):
        take(second, path)


def test_a_whole_bundle_that_was_sealed_again_for_another_school_is_not_for_it(allied, tmp_path):
    school, office = allied
    other = a_ledger(tmp_path / "other", a_school(code="2137000002", name="示例县第二小学"))
    enrol(office, other)
    path = send(school, tmp_path).path
    stolen = tmp_path / "stolen.aqb"
    recipient = store_of(other).device().age_recipient
    stolen.write_bytes(seal(opened(path, office), [recipient]))
    with pytest.raises(AppError, match="不是给本单位的"):
        take(other, stolen)
    other.close()


def test_a_signature_of_another_pc_is_refused(office, bundle):
    refuses(office, forged(bundle, office, Keys.make(), lambda *_: None), "签名不对")


def test_a_manifest_changed_behind_its_signature_is_refused(office, bundle, tmp_path):
    members = members_in(opened(bundle, office))
    members[MANIFEST] = members[MANIFEST].replace("实验".encode(), "实假".encode())
    path = tmp_path / "x.aqb"
    path.write_bytes(seal(zipped(members), [store_of(office).device().age_recipient]))
    refuses(office, path, "签名不对")


def test_the_signature_file_must_name_an_enrolled_pc_of_the_sending_unit(allied, bundle, tmp_path):
    school, office = allied
    keys = store_of(school).device()
    refuses(
        office,
        forged(bundle, office, keys, lambda m, _: m["from"].update(unit=office.unit)),
        "发送单位与签名不符",
    )
    members = members_in(opened(bundle, office))
    manifest = orjson.loads(members[MANIFEST])
    office_members = signed(members, manifest, keys)
    office_members[SIGNATURE] = office_members[SIGNATURE].replace(
        school.setting("device").encode(), office.setting("device").encode()
    )
    path = tmp_path / "x.aqb"
    path.write_bytes(seal(zipped(office_members), [store_of(office).device().age_recipient]))
    refuses(office, path, "签名不对")


def _entry(manifest):
    return manifest["segments"][0]


def _rewrite(manifest, members, *texts):
    """Other lines in the place of the segment's, with hashes and chain made right."""
    entry = _entry(manifest)
    name = f"log/{entry['log']}-{entry['from']}-{entry['to']}.jsonl"
    lines = list(texts) or members[name].decode().splitlines()
    body = "".join(f"{text}\n" for text in lines).encode()
    head = bytes.fromhex(entry["prev"])
    for text in lines:
        head = chain(head, text)
    entry.update(sha256=sha256_of(body), head=head.hex())
    members[name] = body


def _first_line(manifest, **changes):
    entry = _entry(manifest)
    line = {"s": 1, "t": 1, "u": "", "o": "b", "n": entry["unit"], "v": {"device": entry["device"]}}
    return dump({**line, **changes})


WRONG = {
    "a member that the manifest does not name": (
        lambda m, members: members.update({f"att/{'0' * 64}": b"x"}),
        "内容与目录不符",
    ),
    "a member that is not there": (lambda m, members: members.pop(_log(members)), "内容与目录不符"),
    "a log that the manifest names twice": (
        lambda m, _members: m["segments"].append(_entry(m)),
        "内容与目录不符",
    ),
    "a changed line": (
        lambda m, members: members.update(
            {_log(members): members[_log(members)].replace("灭火器".encode(), "无隐患".encode())}
        ),
        "记录的校验值不对",
    ),
    "a line too few": (
        lambda m, members: _rewrite(m, members, *members[_log(members)].decode().splitlines()[:-1]),
        "记录的条数不对",
    ),
    "a changed line with all hashes made right": (
        lambda m, members: _rewrite(
            m,
            members,
            *members[_log(members)].decode().replace("灭火器", "无隐患").splitlines(),
        ),
        "记录的签名不对",
    ),
    "a line that is no line": (
        lambda m, members: _rewrite(
            m, members, "{}", *members[_log(members)].decode().splitlines()[1:]
        ),
        "第 1 条记录的格式不对",
    ),
    "lines in another order": (
        lambda m, members: _rewrite(
            m, members, *reversed(members[_log(members)].decode().splitlines())
        ),
        "条记录的次序不对",
    ),
    "a stream bound to another unit": (
        lambda m, members: _rewrite(
            m,
            members,
            _first_line(m, n="2137000002"),
            *members[_log(members)].decode().splitlines()[1:],
        ),
        "记录的来源与目录不符",
    ),
    "a head that is not the chain's": (
        lambda m, members: _entry(m).update(head="00" * 32),
        "记录的校验链不对",
    ),
    "lines of another unit": (
        lambda m, members: _entry(m).update(unit="2137000002"),
        "含有别的单位的记录",
    ),
    "lines of a PC that nobody enrolled": (
        lambda m, members: _entry(m).update(device="nobody"),
        "记录的签名不对",
    ),
    "lines without an end": (
        lambda m, members: _unended(m, members),
        "记录的条数不对",
    ),
    "lines that are no UTF-8": (
        lambda m, members: _body(m, members, (b"\xff\xfe" * 20 + b"\n") * 5),
        "第 1 条记录的格式不对",
    ),
    "a stream that comes in two pieces": (
        lambda m, members: _in_two(m, members),
        "同一段记录出现了两次",
    ),
    "a photo with other bytes": (
        lambda m, members: members.update({_photo(members): b"\xff\xd8\xff other"}),
        "照片的校验值不对",
    ),
    "a program in the place of a photo": (
        lambda m, members: _program(m, members),
        "附件不是照片",
    ),
    "a registry that the manifest does not mean": (
        lambda m, members: m["registries"][0].update(sha256="00" * 32),
        "登记表的校验值不对",
    ),
    "a registry cut short": (
        lambda m, members: _shortened(members),
        "登记表的校验值不对",
    ),
}


def _log(members):
    return next(name for name in members if name.startswith("log/"))


def _photo(members):
    return next(name for name in members if name.startswith("att/"))


def _body(manifest, members, body):
    members[_log(members)] = body
    _entry(manifest)["sha256"] = sha256_of(body)


def _unended(manifest, members):
    _body(manifest, members, members[_log(members)].removesuffix(b"\n"))


def _in_two(manifest, members):
    entry = _entry(manifest)
    manifest["segments"].append({**entry, "from": 2})
    members[f"log/{entry['log']}-2-{entry['to']}.jsonl"] = members[_log(members)]


def _program(manifest, members):
    program = b"MZ program"
    members[f"att/{sha256_of(program)}"] = program
    del members[next(n for n in members if n.startswith("att/") and members[n] != program)]
    manifest["attachments"] = [{"sha256": sha256_of(program), "bytes": 10, "mime": "image/jpeg"}]


def _shortened(members):
    name = next(n for n in members if n.startswith(f"reg/{SCHOOL_CODE}"))
    members[name] = b"".join(members[name].splitlines(keepends=True)[:1])


@pytest.mark.parametrize("what", WRONG)
def test_a_sender_who_lies_has_no_effect(allied, bundle, what):
    school, office = allied
    change, words = WRONG[what]
    author = "签名" not in words
    keys = store_of(school).device()
    refuses(office, forged(bundle, office, keys, change, author=author), words)


def test_a_stream_is_written_by_its_unit_or_its_office_and_nobody_else(allied, bundle, tmp_path):
    school, office = allied
    other = a_ledger(tmp_path / "other", a_school(code="2137000002", name="示例县第二小学"))
    enrol(office, other)

    def by_another(manifest, _members):
        entry = _entry(manifest)
        head = head_bytes(entry["log"], entry["to"], bytes.fromhex(entry["head"]))
        signature = store_of(other).device().sign(head).hex()
        entry.update(device=other.setting("device"), author_sig=signature)

    forgery = forged(bundle, office, store_of(school).device(), by_another)
    refuses(office, forgery, "作者不属于这个单位")
    other.close()


def test_a_bundle_without_manifest_is_none(office, bundle, tmp_path):
    path = tmp_path / "x.aqb"
    data = zipped({SIGNATURE: b"x"})
    path.write_bytes(seal(data, [store_of(office).device().age_recipient]))
    refuses(office, path, "不是校园安全台账的数据包")


def test_a_file_that_cannot_be_read_is_told(office, allied, tmp_path):
    refuses(office, tmp_path / "nowhere.aqb", "文件读不出来")


def test_a_file_beyond_all_measure_is_not_even_opened(office, bundle, monkeypatch):
    from models.exchange import reading

    monkeypatch.setattr(reading, "MOST_SEALED", 100)
    refuses(office, bundle, "文件大得不正常")


def test_a_registry_beyond_all_measure_is_not_even_read(office, bundle, monkeypatch):
    monkeypatch.setattr(reading, "MOST_REGISTRY", 1000)
    refuses(office, bundle, "登记表大得不正常")


def test_a_pc_enrolled_since_is_known_by_the_bundle_that_brings_its_entry(allied, second, tmp_path):
    """The office's second PC signs a bundle that also tells the school of it."""
    from tests.conftest import an_office

    school, office = allied
    colleague = a_ledger(tmp_path / "colleague", an_office(), clock=office.clock)
    enrol(office, colleague)
    take(colleague, send(office, tmp_path, office.unit).path)
    assert take(school, send(colleague, tmp_path, school.unit).path).clean
    colleague.close()


def test_a_bundle_of_an_unknown_pc_is_kept_and_read_once_it_is_enrolled(allied, second, tmp_path):
    school, office = allied
    enrol(office, second)
    second.save(a_finding())
    path = send(second, tmp_path).path
    with office.transaction() as db:  # as if the office had not signed it yet
        db.execute("DELETE FROM registry WHERE unit = ? AND no = 3", (school.unit,))
    members = members_in(opened(path, office))
    name = f"reg/{school.unit}.jsonl"
    cut = b"".join(members[name].splitlines(keepends=True)[:2])
    manifest = orjson.loads(members[MANIFEST])
    next(e for e in manifest["registries"] if e["unit"] == school.unit)["sha256"] = sha256_of(cut)
    members = signed({**members, name: cut}, manifest, store_of(second).device())
    data = zipped(members)
    path.write_bytes(seal(data, [store_of(office).device().age_recipient]))
    refuses(office, path, "先存着；这台电脑入网办好以后会自动读入")
    assert received_bundles(office, 5)[0].state == archive.STRANGE
    request = own_request(second, store_of(second))
    approve(office, store_of(office), request, request.digits)
    (result,) = retry_kept(office, store_of(office))
    assert result.clean
    assert len(office.all(Finding)) == 1
    assert retry_kept(office, store_of(office)) == []


def test_a_bundle_of_a_newer_program_is_kept(allied, bundle):
    school, office = allied
    keys = store_of(school).device()
    newer = forged(bundle, office, keys, lambda m, _: m.update(min_reader=READER + 1))
    refuses(office, newer, "升级本程序以后会自动读入")


def test_a_lost_pc_writes_nothing_more(allied, tmp_path):
    school, office = allied
    school.save(a_finding(place="以前"))
    hand_over(school, office, tmp_path)
    stolen = tmp_path / "copy"
    shutil.copytree(school.home, stolen)
    close_device(office, store_of(office), school.unit, school.setting("device"))
    school.save(a_finding(place="以后"))
    refuses(office, send(school, tmp_path / "later").path, "已经停用")
    assert [finding.place for finding in office.all(Finding)] == ["以前"]


def test_bundles_that_were_under_way_when_the_office_changed_its_key_arrive(allied, tmp_path):
    school, office = allied
    hand_over(school, office, tmp_path / "1")
    late = send(office, tmp_path / "late", school.unit).path
    finding = school.save(a_finding())
    rotate_office(office, store_of(office), bytes(range(32)))
    assert hand_over(school, office, tmp_path / "2").clean
    assert office.get(Finding, finding.id)
    hand_back(office, school, tmp_path / "3")
    assert pinned_office(school) == pinned_office(office)
    assert take(school, late).clean
    assert pinned_office(school) == pinned_office(office)


def test_what_a_stolen_key_signs_after_it_was_changed_is_refused(allied, tmp_path):
    school, office = allied
    stolen, path, thief = store_of(office).office(), send(school, tmp_path).path, Keys.make()
    rotate_office(office, store_of(office), bytes(range(32)))
    facts = {"device": "thief", "role": "school", "pc": "", "person": ""}
    facts |= {"sign": thief.sign_public.hex(), "age": thief.age_recipient}
    chain = register(school, stolen, school.unit, "device", facts)
    body = "".join(f"{line}\n" for line in chain.lines).encode()

    def usurp(manifest, members):
        members[f"reg/{school.unit}.jsonl"] = body
        entry = next(e for e in manifest["registries"] if e["unit"] == school.unit)
        entry["sha256"] = sha256_of(body)

    refuses(office, forged(path, office, store_of(school).device(), usurp), "登记表不是本教育局")


def test_many_files_are_read_and_a_bad_one_stops_only_itself(allied, tmp_path):
    school, office = allied
    good = send(school, tmp_path).path
    bad = tmp_path / "坏.aqb"
    bad.write_bytes(good.read_bytes()[:-5])
    told = []
    results = receive_files(
        office,
        store_of(office),
        [bad, good, tmp_path / "没有.aqb"],
        lambda *at: told.append(at),
        lambda: False,
    )
    assert {result.path: result.clean for result in results} == {
        bad: False,
        tmp_path / "没有.aqb": False,
        good: True,
    }
    assert "坏.aqb：文件不完整或已损坏" in results[0].words
    assert told[-1] == (3, 3)


def test_reading_can_be_stopped_between_batches(allied, tmp_path, monkeypatch):
    school, office = allied
    monkeypatch.setattr(receive, "BATCH", 1)
    path = send(school, tmp_path).path
    answers = iter([False, True])
    results = receive_files(
        office, store_of(office), [path, path], lambda *_: None, lambda: next(answers)
    )
    assert len(results) == 1


def test_files_too_large_to_be_held_together_go_in_one_by_one(allied, tmp_path, monkeypatch):
    school, office = allied
    paths = [send(school, tmp_path / str(n)).path for n in range(3)]
    monkeypatch.setattr(receive, "BATCH_BYTES", 10)
    told = []
    receive_files(office, store_of(office), paths, lambda *at: told.append(at), lambda: False)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_batch_that_fails_is_taken_file_by_file(allied, tmp_path, monkeypatch):
    school, office = allied
    other = a_ledger(tmp_path / "other", a_school(code="2137000002", name="示例县第二小学"))
    enrol(office, other)
    paths = [send(one, tmp_path).path for one in (school, other)]
    receive_lines = office.receive_many

    def wrong_for_the_first(parcels):
        if parcels[0].segments[0].unit == school.unit:
            raise RuntimeError("totals do not agree")
        return receive_lines(parcels)

    monkeypatch.setattr(office, "receive_many", wrong_for_the_first)
    results = receive_files(office, store_of(office), paths, lambda *_: None, lambda: False)
    assert [result.clean for result in results] == [False, True]
    assert "核对合计时数目不符" in results[0].words
    assert set(have(office)) & set(have(other))
    assert not set(have(office)) & set(have(school))
    other.close()


def test_a_disk_that_fills_is_told_for_each_file(allied, tmp_path, monkeypatch):
    school, office = allied
    path = send(school, tmp_path).path

    def full(parcels):
        raise AppError("磁盘已满")

    monkeypatch.setattr(office, "receive_many", full)
    (result,) = receive_files(office, store_of(office), [path], lambda *_: None, lambda: False)
    assert "磁盘已满" in result.words


def test_an_import_can_be_taken_back(allied, tmp_path):
    school, office = allied
    before = fold_of(office)
    path = send(school, tmp_path).path
    receive_files(office, store_of(office), [path], lambda *_: None, lambda: False)
    assert fold_of(office) != before
    assert undo.undo_import(office) == 3
    assert fold_of(office) == before
    assert take(office, path).new == 3


def test_folders_are_looked_through_and_chat_programs_may_rename(tmp_path):
    inside = tmp_path / "U盘" / "第一批"
    inside.mkdir(parents=True)
    for name in ("甲.aqb", "乙.AQB(1)", "丙.txt"):
        (inside / name).write_bytes(b"")
    lone = tmp_path / "丁.aqb"
    lone.write_bytes(b"")
    found = [path.name for path in find_files([tmp_path / "U盘", lone, tmp_path / "没有.aqb"])]
    assert found == ["乙.AQB(1)", "甲.aqb", "丁.aqb"]


def test_what_came_is_listed_newest_first_with_what_became_of_it(allied, tmp_path):
    school, office = allied
    first = send(school, tmp_path / "1").path
    school.save(a_finding())
    second = send(school, tmp_path / "2").path
    results = [take(office, path) for path in (first, second)]
    newest, oldest = received_bundles(office, 5)
    assert [newest.name, oldest.name] == [second.name, first.name]
    assert [newest.result, oldest.result] == [
        replace(result, missing=[]) for result in reversed(results)
    ]
    assert received_bundles(office, 1) == [newest]


def test_a_report_of_another_version_of_the_program_can_still_be_read(allied, tmp_path):
    school, office = allied
    hand_over(school, office, tmp_path)
    with office.transaction() as db:
        db.execute("UPDATE inbox SET report = json_remove(report, '$.missing')")
    assert received_bundles(office, 1)[0].result.clean
