from pathlib import Path

from ui.paper_fonts import system_font_folders


def test_only_windows_has_font_folders_of_its_own(monkeypatch):
    for name in ("WINDIR", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert system_font_folders() == []
    monkeypatch.setenv("WINDIR", "W")
    monkeypatch.setenv("LOCALAPPDATA", "L")
    assert system_font_folders() == [Path("W/Fonts"), Path("L/Microsoft/Windows/Fonts")]
