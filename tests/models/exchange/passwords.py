"""Passwords for tests that are about something else than the cipher."""

import hashlib

import pyrage


class Quick:
    """A password that opens at once: the real one takes a second, so that nobody can try many."""

    @staticmethod
    def encrypt(data, password):
        return hashlib.sha256(password.encode()).digest() + data[::-1]

    @staticmethod
    def decrypt(data, password):
        if data[:32] != hashlib.sha256(password.encode()).digest():
            raise pyrage.DecryptError
        return data[32:][::-1]
