"""Windows' own keeping of secrets (DPAPI): what it wraps opens for this Windows user only."""

import ctypes
import sys
from typing import Any


class _Blob(ctypes.Structure):
    """DATA_BLOB: a length and where the bytes lie."""

    _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char)))


class Dpapi:
    """CryptProtectData and CryptUnprotectData without any window (CRYPTPROTECT_UI_FORBIDDEN)."""

    def wrap(self, data: bytes) -> bytes:
        return _call("CryptProtectData", data)

    def unwrap(self, data: bytes) -> bytes:
        return _call("CryptUnprotectData", data)


def _call(name: str, data: bytes) -> bytes:  # pragma: no cover  exists on Windows only
    if sys.platform != "win32":
        raise OSError("DPAPI exists on Windows only")
    crypt: Any = ctypes.WinDLL("crypt32", use_last_error=True)
    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.LocalFree.argtypes = [ctypes.c_void_p]
    buffer = ctypes.create_string_buffer(data, len(data))
    given = _Blob(len(data), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
    made = _Blob()
    forbid_windows = 0x1
    done = getattr(crypt, name)(
        ctypes.byref(given), None, None, None, None, forbid_windows, ctypes.byref(made)
    )
    if not done:
        raise ctypes.WinError(ctypes.get_last_error())
    try:
        return ctypes.string_at(made.data, made.size)
    finally:
        kernel.LocalFree(made.data)
