"""Guesses the category of a finding from its words, by the wording of the check items."""

from collections import defaultdict
from collections.abc import Iterable

from models.records.finding import CATEGORIES
from models.templates.safety import SafetyItem

SURE = 1.0


class CategoryGuess:
    """Pairs of characters point to the categories that use them; the fewer use one, the more."""

    def __init__(self, items: Iterable[SafetyItem]) -> None:
        self._users: dict[str, set[str]] = defaultdict(set)
        texts = [*((code, label) for code, label in CATEGORIES.items())]
        texts += [(item.category, item.wording) for item in items]
        for category, words in texts:
            for pair in _pairs(words):
                self._users[pair].add(category)

    def category_of(self, words: str) -> str | None:
        """The category these words clearly belong to, or None."""
        scores: dict[str, float] = defaultdict(float)
        for pair in _pairs(words) & self._users.keys():
            users = self._users[pair]
            for category in users:
                scores[category] += 1 / len(users)
        ranked = sorted(scores.items(), key=lambda score: -score[1])
        if not ranked or ranked[0][1] < SURE:
            return None
        tied = len(ranked) > 1 and ranked[1][1] == ranked[0][1]
        return None if tied else ranked[0][0]


def _pairs(words: str) -> set[str]:
    pairs = (words[at : at + 2] for at in range(len(words) - 1))
    return {pair for pair in pairs if pair.isalnum() and not pair.isascii()}
