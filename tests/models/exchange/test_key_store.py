import errno
import os
import stat
import sys
import threading
from pathlib import Path

import pyrage
import pytest

from models.exchange import key_store
from models.exchange.key_store import KeyStore, OwnerOnly, system_wrapping
from models.exchange.keys import Keys
from models.files import write_whole
from models.problems import AppError, Problem
from tests.models.exchange.passwords import Quick

SEED, NEXT = bytes(range(32)), bytes(32)
PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def quick(request, monkeypatch):
    if "slow" not in request.fixturenames:
        monkeypatch.setattr(pyrage, "passphrase", Quick)


@pytest.fixture
def slow():
    """With the real password of age."""


@pytest.fixture
def store(tmp_path):
    return KeyStore(tmp_path, "stick")


def again(tmp_path, wrapping=None):
    """The store as the program finds it when it starts again."""
    return KeyStore(tmp_path, "stick", wrapping)


class Mirror:
    """A wrapping that can be seen: it turns the bytes round."""

    def wrap(self, data):
        return data[::-1]

    def unwrap(self, data):
        return data[::-1]


class AnothersPc(Mirror):
    def unwrap(self, data):
        raise OSError("not this user")


def test_a_pc_makes_its_keys_once(store, tmp_path):
    assert store.device() == store.device() == again(tmp_path).device()


def test_each_device_has_its_own(store, tmp_path):
    assert KeyStore(tmp_path, "other").device() != store.device()


def test_threads_that_start_together_get_the_same_keys(tmp_path):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(again(tmp_path).device())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({keys.sign_public for keys in found}) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_only_the_owner_may_read_them(store, tmp_path):
    store.device()
    store.save_office(SEED)
    folder = tmp_path / "keys"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_the_system_wraps_what_is_kept(tmp_path):
    store = again(tmp_path, Mirror())
    keys = store.device()
    (file,) = (tmp_path / "keys").iterdir()
    assert keys.secret_bytes()[::-1] in file.read_bytes()
    assert again(tmp_path, Mirror()).device() == keys


@pytest.mark.skipif(sys.platform == "win32", reason="there it is DPAPI")
def test_elsewhere_the_rights_are_all_there_is():
    assert isinstance(system_wrapping(), OwnerOnly)


def test_a_file_of_another_user_is_told_in_words(tmp_path):
    again(tmp_path, Mirror()).device()
    with pytest.raises(AppError, match="另一个 Windows 用户"):
        again(tmp_path, AnothersPc()).device()


@pytest.mark.parametrize(
    "data", [b"", b"rubbish", b"campus-ledger keys 1\n", b"campus-ledger keys 1\n" + bytes(106)]
)
def test_a_damaged_file_is_told_in_words(store, tmp_path, data):
    store.device()
    (tmp_path / "keys" / "stick.key").write_bytes(data)
    with pytest.raises(AppError, match="打不开"):
        store.device()


def test_damaged_keys_can_be_made_anew(store, tmp_path):
    before = store.device()
    (tmp_path / "keys" / "stick.key").write_bytes(b"rubbish")
    keys = store.renew()
    assert keys != before
    assert again(tmp_path).device() == keys


def test_a_folder_that_takes_no_writing_is_told_in_words(store, tmp_path):
    (tmp_path / "keys").write_bytes(b"a file in the way")
    with pytest.raises(AppError, match="不能写入"):
        store.device()


# ---- the office's key --------------------------------------------------------------------------


def test_a_pc_has_no_office_key_of_itself(store):
    assert store.office() is store.office_seed() is store.office(bytes(32)) is None


def test_the_office_key_is_kept_as_its_seed(store, tmp_path):
    store.save_office(SEED)
    assert again(tmp_path).office_seed() == SEED
    assert again(tmp_path).office() == Keys.of_seed(SEED)


def test_a_new_office_key_lies_beside_the_old_one(store):
    for number, seed in enumerate((SEED, NEXT)):
        store.save_office(seed)
        file = store._office(Keys.of_seed(seed).sign_public)
        os.utime(file, ns=(number, number))
    for seed in (SEED, NEXT):
        assert store.office(Keys.of_seed(seed).sign_public) == Keys.of_seed(seed)
    assert store.office() == Keys.of_seed(NEXT)


def test_whatever_was_sealed_to_a_key_that_lies_here_can_be_opened(store, tmp_path):
    for seed in (SEED, NEXT):
        store.save_office(seed)
    offices = [Keys.of_seed(seed).age_identity for seed in (SEED, NEXT)]
    assert sorted(store.identities()) == sorted([store.device().age_identity, *offices])


@pytest.mark.parametrize("data", [b"", b"campus-ledger keys 1\nshort"])
def test_an_old_office_key_that_is_damaged_stops_nothing(store, tmp_path, data):
    store.save_office(SEED)
    (tmp_path / "keys" / "office-0123.key").write_bytes(data)
    assert store.identities() == [store.device().age_identity, Keys.of_seed(SEED).age_identity]


def test_the_keys_of_a_folder_are_found_without_a_ledger(store, tmp_path):
    assert KeyStore.all_in(tmp_path) == []
    other = KeyStore(tmp_path, "other")
    keys = [other.device(), store.device()]
    store.save_office(SEED)
    assert [found.device() for found in KeyStore.all_in(tmp_path)] == keys


def test_a_damaged_office_key_is_told_in_words(store, tmp_path):
    store.save_office(SEED)
    (file,) = (tmp_path / "keys").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(AppError, match="打不开"):
        store.office()


# ---- password ----------------------------------------------------------------------------------


@pytest.fixture
def locked(store, tmp_path):
    """A store with a password, as the program finds it when it starts again."""
    store.device()
    store.save_office(SEED)
    store.set_password(PASSWORD)
    return again(tmp_path)


def test_without_a_password_nothing_is_locked(store):
    store.device()
    assert not store.has_password
    assert not store.is_locked


def test_the_keys_open_after_the_password_only(locked):
    assert locked.is_locked
    with pytest.raises(Problem, match="先输入密码"):
        locked.device()
    locked.unlock(PASSWORD)
    assert not locked.is_locked
    assert locked.office() == Keys.of_seed(SEED)
    assert locked.device() == locked.device()


def test_the_real_password_of_age_locks_and_opens(slow, store, tmp_path):
    keys = store.device()
    store.set_password(PASSWORD)
    locked = again(tmp_path)
    with pytest.raises(Problem, match="密码不对"):
        locked.unlock("correct house")
    locked.unlock(PASSWORD)
    assert locked.device() == keys


def test_a_wrong_password_opens_nothing(locked):
    with pytest.raises(Problem, match="密码不对"):
        locked.unlock("correct house")
    assert locked.is_locked


def test_a_wrong_password_after_the_right_one_is_wrong(locked, tmp_path):
    locked.unlock(PASSWORD)
    with pytest.raises(Problem, match="密码不对"):
        locked.unlock("correct house")
    assert locked.is_locked
    with pytest.raises(Problem, match="先输入密码"):
        locked.save_office(NEXT)


def test_while_locked_nothing_is_written_in_the_open(locked):
    with pytest.raises(Problem, match="先输入密码"):
        locked.save_office(NEXT)


def test_who_forgot_the_password_begins_anew_and_throws_nothing_away(locked, tmp_path):
    """The PC enrols again, and an office types its key from the sheet in the safe."""
    keys = locked.renew()
    assert not locked.is_locked
    assert again(tmp_path).device() == keys
    locked.save_office(SEED)
    assert again(tmp_path).office_seed() == SEED
    aside = {file.name for file in (tmp_path / "keys").iterdir() if file.suffix == ".old"}
    assert len(aside) == 2
    for file in (tmp_path / "keys").iterdir():  # who remembers it puts the files back
        if file.suffix == ".old":
            file.replace(file.with_suffix(""))
    old = again(tmp_path)
    old.unlock(PASSWORD)
    assert old.device() != keys


def test_who_knows_the_password_renews_under_it(locked, tmp_path):
    locked.unlock(PASSWORD)
    keys = locked.renew()
    fresh = again(tmp_path)
    assert fresh.is_locked
    fresh.unlock(PASSWORD)
    assert (fresh.device(), fresh.office_seed()) == (keys, SEED)


def test_a_damaged_file_under_a_password_is_no_dead_end(store, tmp_path):
    """What is damaged inside cannot be told from a wrong password, so the words name both."""
    store.device()
    store.set_password(PASSWORD)
    file = tmp_path / "keys" / "stick.key"
    head, _, rest = file.read_bytes().partition(b"\n")
    file.write_bytes(head + b"\n" + bytes(32) + rest[32:])
    locked = again(tmp_path)
    with pytest.raises(Problem, match=r"或者密钥文件已损坏.*换一对密钥"):
        locked.unlock(PASSWORD)
    assert locked.renew() == again(tmp_path).device()


def test_a_password_is_right_if_it_opens_one_file(locked, tmp_path):
    (tmp_path / "keys" / "stick.key").write_bytes(b"rubbish")
    locked.unlock(PASSWORD)
    with pytest.raises(AppError, match="打不开"):
        locked.device()
    keys = locked.renew()
    assert (locked.device(), locked.office_seed()) == (keys, SEED)


def test_a_password_that_could_not_be_proved_locks_nothing(tmp_path):
    again(tmp_path, Mirror()).set_password(PASSWORD)
    store = again(tmp_path, AnothersPc())
    with pytest.raises(AppError, match="打不开"):
        store.unlock(PASSWORD)
    assert store.is_locked


def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path):
    (tmp_path / "keys" / "stick.key").mkdir(parents=True)
    store = again(tmp_path)
    for act in (lambda: store.is_locked, store.device, lambda: store.set_password(PASSWORD)):
        with pytest.raises(AppError, match="打不开"):
            act()


def test_a_system_that_wraps_nothing_is_told_in_words(tmp_path):
    class Refusing(Mirror):
        def wrap(self, data):
            raise OSError("no profile")

    with pytest.raises(AppError, match=r"没有保存.*重新登录"):
        again(tmp_path, Refusing()).device()
    assert not (tmp_path / "keys").exists()


def test_a_password_nobody_set_locks_nothing(store, tmp_path):
    store.unlock("a typing error")
    store.save_office(SEED)
    assert again(tmp_path).office_seed() == SEED


def test_what_is_kept_later_is_locked_too(locked, tmp_path):
    locked.unlock(PASSWORD)
    locked.save_office(NEXT)
    with pytest.raises(Problem, match="先输入密码"):
        again(tmp_path).office(Keys.of_seed(NEXT).sign_public)


def test_a_password_can_be_taken_away(locked, tmp_path):
    locked.unlock(PASSWORD)
    locked.set_password("")
    assert not again(tmp_path).has_password
    assert again(tmp_path).office_seed() == SEED


def test_a_short_password_is_refused(store):
    with pytest.raises(Problem, match="至少 8 个字"):
        store.set_password("1234567")


def test_who_does_not_know_the_password_cannot_change_it(locked):
    with pytest.raises(Problem, match="先输入密码"):
        locked.set_password("another password")


def test_a_disk_that_fills_up_leaves_the_old_password(locked, tmp_path, monkeypatch):
    locked.unlock(PASSWORD)
    written = []

    def filling_up(path, data, mode):
        written.append(path)
        if len(written) == 2:
            raise AppError(os.strerror(errno.ENOSPC))
        write_whole(path, data, mode)

    monkeypatch.setattr(key_store, "write_whole", filling_up)
    with pytest.raises(AppError):
        locked.set_password("another password")
    fresh = again(tmp_path)
    fresh.unlock(PASSWORD)
    assert fresh.office_seed() == locked.office_seed() == SEED


def test_a_file_that_is_held_open_leaves_the_old_password(locked, tmp_path, monkeypatch):
    locked.unlock(PASSWORD)
    move = Path.replace

    def held(path, place):
        if path.suffix == ".new":
            raise PermissionError(errno.EACCES, "in use")
        return move(path, place)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(AppError, match="别的程序打开"):
        locked.set_password("another password")
    fresh = again(tmp_path)
    fresh.unlock(PASSWORD)
    assert fresh.office_seed() == SEED


def test_no_secret_stands_in_the_open(locked, tmp_path):
    locked.unlock(PASSWORD)
    keys = locked.device()
    for file in (tmp_path / "keys").iterdir():
        for secret in (keys.secret_bytes()[:32], keys.age_identity.encode(), SEED):
            assert secret not in file.read_bytes()
            assert secret.hex() not in file.name
    assert PASSWORD not in repr(locked)


def test_the_keys_of_a_ledgers_pc_are_found_by_its_name(ledger):
    named = KeyStore(ledger.home, ledger.setting("device"))
    assert KeyStore.of(ledger).device() == named.device()
