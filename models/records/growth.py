"""What one person did beside the sessions, and the figures that papers tell of it."""

from dataclasses import dataclass, field, replace
from datetime import date

from models.records.characters import METHOD, count_characters
from models.records.development import MicroTalk, Placement, Project, Reflection
from models.records.periods import Period


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

    talks: list[MicroTalk] = field(default_factory=list)
    reflections: list[Reflection] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)

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
        days = Period(first, last)
        return Growth(
            [one for one in self.talks if one.held_on in days],
            [one for one in self.reflections if one.submitted_on in days],
            [one for one in self.placements if one.ends in days],
            [
                one
                for one in self.projects
                if one.begins and one.begins <= last and (one.ends is None or one.ends >= first)
            ],
        )


def ten_thousands(count: int) -> str:
    """100000 as 10万, as people say it; what is no round figure keeps two decimals at most."""
    if count < 10_000:
        return str(count)
    return f"{count / 10_000:.2f}".rstrip("0").rstrip(".") + "万"
