"""The colours of the program, as constants: one accent, slate, white, and four tones."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour in use, by its duty; `resources/style.qss` names them by `$duty`."""

    accent: str = "#2563EB"
    accent_dark: str = "#1D4ED8"
    accent_deep: str = "#1E3A8A"
    accent_soft: str = "#EEF4FF"
    accent_line: str = "#BFD3FE"
    selection: str = "#DCE8FF"

    page: str = "#F4F6F9"
    card: str = "#FFFFFF"
    stripe: str = "#FAFBFD"
    hover: str = "#F1F4F9"
    pressed: str = "#E6EAF1"
    line: str = "#E3E7ED"
    edge: str = "#C6CDD8"
    edge_dark: str = "#98A3B3"

    ink: str = "#1C2635"
    ink_soft: str = "#5D6779"
    ink_hint: str = "#667085"
    ink_off: str = "#98A2B3"

    slate: str = "#1E293B"
    slate_hover: str = "#293548"
    slate_chosen: str = "#334360"
    slate_line: str = "#334155"
    slate_ink: str = "#CBD5E1"
    slate_hint: str = "#94A3B8"

    red: str = "#D92D20"
    red_ink: str = "#B42318"
    red_soft: str = "#FEF1F0"
    red_line: str = "#F9C6C1"
    orange: str = "#E5761A"
    orange_ink: str = "#A8480A"
    orange_soft: str = "#FFF4E8"
    orange_line: str = "#FAD3AC"
    yellow: str = "#EAB308"
    blue: str = "#3B78F0"
    blue_ink: str = "#1D4ED8"
    blue_soft: str = "#EEF4FF"
    blue_line: str = "#BFD3FE"
    green: str = "#1F9D57"
    green_ink: str = "#14713A"
    green_soft: str = "#EAF8EF"
    green_line: str = "#B5E3C6"
    grey: str = "#8792A3"
    grey_ink: str = "#475467"
    grey_soft: str = "#F0F2F6"
    grey_line: str = "#DDE2EA"


PALETTE = Palette()


class Tone(StrEnum):
    """What a colour tells: always said beside a word or an icon, never alone."""

    GREY = "grey"
    RED = "red"
    ORANGE = "orange"
    BLUE = "blue"
    GREEN = "green"

    @property
    def fill(self) -> str:
        """The strong colour of dots, bars and rings."""
        return str(getattr(PALETTE, self.value))

    @property
    def ink(self) -> str:
        """The colour of words, readable on white and on `soft`."""
        return str(getattr(PALETTE, f"{self.value}_ink"))

    @property
    def soft(self) -> str:
        """The pale ground behind words of this tone."""
        return str(getattr(PALETTE, f"{self.value}_soft"))
