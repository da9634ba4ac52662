"""A bundle changed on its way is taken whole or not at all, and is always answered in words."""

import io
import random
import resource
import sys
import zipfile
from collections.abc import Iterator

import pytest

from models.exchange.format import MOST_SEALED, BadBundle
from models.exchange.reading import open_bundle, read_zip
from models.exchange.receive import reader_of
from models.exchange.sealing import seal
from models.records.finding import Photo
from tests.conftest import a_finding, a_ledger, a_school
from tests.models.exchange.conftest import members_in, opened, zipped
from tests.models.exchange.enrolling import enrol, send, store_of
from tests.models.ledger.test_attachments import jpeg

SEALED, INNER, MEMBER = 2_000, 6_000, 400


def flip(rng: random.Random, data: bytearray, a: int, _b: int) -> None:
    data[a] ^= 1 << rng.randrange(8)


def other_byte(rng: random.Random, data: bytearray, a: int, _b: int) -> None:
    data[a] = (data[a] + rng.randrange(1, 256)) % 256


def cut(_rng: random.Random, data: bytearray, a: int, b: int) -> None:
    del data[a:b]


def truncate(_rng: random.Random, data: bytearray, a: int, _b: int) -> None:
    del data[a:]


def insert(rng: random.Random, data: bytearray, a: int, _b: int) -> None:
    data[a:a] = rng.randbytes(rng.randrange(1, 64))


def swap(rng: random.Random, data: bytearray, a: int, b: int) -> None:
    c = rng.randrange(len(data))
    piece = data[a:b]
    del data[a:b]
    data[c:c] = piece


def repeat(_rng: random.Random, data: bytearray, a: int, b: int) -> None:
    data[b:b] = data[a:b]


def zero(_rng: random.Random, data: bytearray, a: int, b: int) -> None:
    data[a:b] = bytes(b - a)


CHANGES = (flip, other_byte, cut, truncate, insert, swap, repeat, zero)


def mutations(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """So many changed copies of the data, always the same ones."""
    rng = random.Random(seed)
    for _ in range(count):
        changed = bytearray(data)
        start = rng.randrange(len(data))
        end = min(len(data), start + rng.randrange(1, 64))
        rng.choice(CHANGES)(rng, changed, start, end)
        if changed != data:
            yield bytes(changed)


@pytest.fixture
def bundle(school, tmp_path):
    finding = school.save(a_finding())
    school.save(Photo(finding=finding.id, stage="before", sha256=school.attach(jpeg())))
    return send(school, tmp_path).path


def test_no_change_of_the_sealed_file_is_taken(allied, bundle):
    _school, office = allied
    reader = reader_of(office, store_of(office))
    for changed in mutations(bundle.read_bytes(), SEALED, seed=1):
        with pytest.raises(BadBundle) as error:
            open_bundle(changed, reader)
        assert str(error.value)


def test_no_change_inside_the_envelope_is_taken(allied, bundle):
    """Whoever could seal it again (an insider with the keys of the office's PC, say)."""
    _school, office = allied
    reader = reader_of(office, store_of(office))
    plain = opened(bundle, office)
    whole = read_zip(plain, reader, "", 0)
    for changed in mutations(plain, INNER, seed=2):
        try:
            read = read_zip(changed, reader, "", 0)
        except BadBundle as error:
            assert str(error)  # noqa: PT017
        else:
            # The date in a member's header is nobody's word; all that counts is the same.
            assert read == whole


def test_no_change_of_a_member_is_taken(allied, bundle):
    """The zip made right again round the changed member, so that the deeper checks must find it."""
    _school, office = allied
    reader = reader_of(office, store_of(office))
    members = members_in(opened(bundle, office))
    for name, body in members.items():
        for changed in mutations(body, MEMBER, seed=3):
            with pytest.raises(BadBundle) as error:
                read_zip(zipped({**members, name: changed}), reader, "", 0)
            assert str(error.value)


def test_parts_of_two_bundles_cannot_be_mixed(allied, bundle, tmp_path):
    school, office = allied
    reader = reader_of(office, store_of(office))
    school.save(a_finding(place="四楼"))
    one = members_in(opened(bundle, office))
    two = members_in(opened(send(school, tmp_path / "2").path, office))
    mixed = [{**one, name: body} for name, body in two.items() if one.get(name) != body]
    assert len(mixed) >= 3
    for members in mixed:
        with pytest.raises(BadBundle):
            read_zip(zipped(members), reader, "", 0)


def test_another_recipient_and_another_sender_are_refused(allied, bundle, tmp_path):
    _school, office = allied
    other = a_ledger(tmp_path / "other", a_school(code="2137000002", name="示例县第二小学"))
    enrol(office, other)
    for_other = seal(opened(bundle, office), [store_of(other).device().age_recipient])
    with pytest.raises(BadBundle, match="不是给这台电脑的"):
        open_bundle(for_other, reader_of(office, store_of(office)))
    with pytest.raises(BadBundle, match="不是给本单位的"):
        open_bundle(for_other, reader_of(other, store_of(other)))
    other.close()


def test_a_bomb_inside_a_good_envelope_costs_no_memory(allied):
    _school, office = allied
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(1, 4):
            bomb.writestr(zipfile.ZipInfo(f"log/a-{number}-{number}.jsonl"), b"\0" * (100 << 20),
                          zipfile.ZIP_DEFLATED)  # fmt: skip
    sealed = seal(data.getvalue(), [store_of(office).device().age_recipient])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadBundle):
        open_bundle(sealed, reader_of(office, store_of(office)))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 20_000 if sys.platform == "linux" else True


def test_a_file_beyond_the_limit_is_not_unsealed(allied):
    _school, office = allied
    with pytest.raises(BadBundle, match="大得不正常"):
        open_bundle(bytes(MOST_SEALED + 1), reader_of(office, store_of(office)))
