import pytest

from models.exchange import inspection, reading
from models.exchange.format import RESTORED
from models.exchange.inspection import inspect_bundle, office_digits, verify_bundle
from models.exchange.keys import Keys, groups
from models.exchange.members import pinned_office
from models.exchange.sealing import seal, unseal
from models.problems import AppError
from tests.conftest import a_finding
from tests.models.exchange.conftest import forged, zipped
from tests.models.exchange.enrolling import send, store_of


@pytest.fixture
def bundle(school, tmp_path):
    school.save(a_finding())
    return send(school, tmp_path).path


def identities(ledger):
    return [store_of(ledger).device().age_identity]


def test_a_whole_bundle_is_proved_without_a_ledger(allied, bundle):
    _school, office = allied
    proved = verify_bundle(bundle, identities(office))
    assert sum(len(segment.lines) for segment in proved.segments) == 4
    assert office_digits(proved) == groups(pinned_office(office).digits)


def test_it_is_said_that_the_sender_was_put_back(allied, bundle):
    school, office = allied
    assert "缺 0 段" in " ".join(inspect_bundle(bundle, identities(office)))
    assert "恢复过备份" not in " ".join(inspect_bundle(bundle, identities(office)))
    path = forged(
        bundle,
        office,
        store_of(school).device(),
        lambda manifest, _members: manifest["need"].update({RESTORED: 1}),
    )
    told = " ".join(inspect_bundle(path, identities(office)))
    assert "缺 0 段" in told
    assert "恢复过备份" in told


def test_a_bundle_is_unsealed_once(allied, bundle, monkeypatch):
    _school, office = allied
    opened = []

    def unsealed(data, identities):
        opened.append(data)
        return unseal(data, identities)

    monkeypatch.setattr(inspection, "unseal", unsealed)
    monkeypatch.setattr(reading, "unseal", unsealed)
    verify_bundle(bundle, identities(office))
    assert len(opened) == 1


def test_a_forged_one_is_not(allied, bundle):
    _school, office = allied
    other = forged(bundle, office, Keys.make(), lambda *_: None)
    with pytest.raises(AppError, match="没有通过核验：签名不对"):
        verify_bundle(other, identities(office))


def test_a_line_that_its_author_did_not_write_is_found_whoever_signed_the_bundle(allied, bundle):
    school, office = allied

    def change(_manifest, members):
        log = next(name for name in members if name.startswith("log/"))
        members[log] = members[log].replace("灭火器".encode(), "无隐患".encode())

    other = forged(bundle, office, store_of(school).device(), change)
    with pytest.raises(AppError, match="没有通过核验：记录的校验值不对"):
        verify_bundle(other, identities(office))


def test_what_is_inside_is_told_without_what_people_wrote(allied, bundle):
    school, office = allied
    told = "\n".join(inspect_bundle(bundle, identities(office)))
    assert "示例县实验小学（2137000001）" in told
    assert "第 1—4 条" in told
    assert "灭火器" not in told
    for secret in identities(office) + identities(school):
        assert secret not in told


def test_nobody_else_can_look_into_it(allied, bundle, second):
    with pytest.raises(AppError, match="打不开：这个数据包不是给这台电脑的"):
        inspect_bundle(bundle, identities(second))


def test_a_bundle_without_manifest_is_none(allied, tmp_path):
    _school, office = allied
    path = tmp_path / "x.aqb"
    recipient = store_of(office).device().age_recipient
    path.write_bytes(seal(zipped({"manifest.sig": b"x"}), [recipient]))
    with pytest.raises(AppError, match="不是校园安全台账的数据包"):
        inspect_bundle(path, identities(office))


def test_a_bundle_without_a_registry_names_no_office(allied, bundle):
    from dataclasses import replace

    _school, office = allied
    assert office_digits(replace(verify_bundle(bundle, identities(office)), chains=())) == ""
