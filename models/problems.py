"""The kinds of trouble a person is told of; anything else is a bug."""


class Problem(ValueError):
    """An answer is wrong: the words stand beside its field, and nothing is saved."""


class AppError(Exception):
    """The surroundings failed: the words say what happened, where, and what to do now."""


class Damaged(AppError):
    """The file of the ledger is damaged; a backup may take its place."""
