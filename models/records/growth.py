"""What one person did beside the sessions, and the figures that papers tell of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.records.characters import METHOD, count_characters
from models.records.development import MicroTalk, Placement, Project, Reflection


def with_characters(typed: Reflection, seen: Reflection | None = None) -> Reflection:
    """The reflection with its body counted; one that was counted before keeps its own method.

    Without a body the characters are what a person counted on paper: no method stands for them.
    """
    if not typed.body:
        return replace(typed, method=None)
    if seen is not None and seen.method and seen.body == typed.body:
        return replace(typed, characters=seen.characters, method=seen.method)
    return replace(typed, characters=count_characters(typed.body), method=METHOD)


def placement_days(placement: Placement) -> int:
    """The days a person was really there, else those of the calendar."""
    if placement.days is not None:
        return placement.days
    if placement.begins is None or placement.ends is None:
        return 0
    return (placement.ends - placement.begins).days + 1


@dataclass(frozen=True, slots=True)
class Growth:
    """The talks, reflections, placements and projects of a person or of a whole programme."""

    talks: Sequence[MicroTalk] = ()
    reflections: Sequence[Reflection] = ()
    placements: Sequence[Placement] = ()
    projects: Sequence[Project] = ()

    @property
    def characters(self) -> int:
        """All characters of the reflections."""
        return sum(reflection.characters or 0 for reflection in self.reflections)

    @property
    def days(self) -> int:
        """All days with host units."""
        return sum(map(placement_days, self.placements))

    def within(self, first: date, last: date) -> "Growth":
        """What falls in these days; a placement counts where it ends, a project while it runs."""
        return Growth(
            [one for one in self.talks if _between(first, one.held_on, last)],
            [one for one in self.reflections if _between(first, one.submitted_on, last)],
            [one for one in self.placements if _between(first, one.ends, last)],
            [
                one
                for one in self.projects
                if one.begins and one.begins <= last and (one.ends is None or one.ends >= first)
            ],
        )


def _between(first: date, day: date | None, last: date) -> bool:
    return day is not None and first <= day <= last


def ten_thousands(count: int) -> str:
    """100000 as 10万, as people say it; what is no round figure keeps two decimals at most."""
    if count < 10_000:
        return str(count)
    return f"{count / 10_000:.2f}".rstrip("0").rstrip(".") + "万"
