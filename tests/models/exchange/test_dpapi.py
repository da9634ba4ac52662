import sys

import pytest

from models.exchange import dpapi
from models.exchange.dpapi import Dpapi


def test_each_way_calls_its_own_function(monkeypatch):
    monkeypatch.setattr(dpapi, "_call", lambda name, data: f"{name}:".encode() + data)
    assert Dpapi().wrap(b"x") == b"CryptProtectData:x"
    assert Dpapi().unwrap(b"x") == b"CryptUnprotectData:x"


@pytest.mark.skipif(sys.platform == "win32", reason="there it works")
def test_elsewhere_it_says_so():
    with pytest.raises(OSError, match="Windows only"):
        Dpapi().wrap(b"x")


@pytest.mark.skipif(sys.platform != "win32", reason="exists on Windows only")
def test_what_was_wrapped_opens_again():
    assert Dpapi().unwrap(Dpapi().wrap(b"secret")) == b"secret"
