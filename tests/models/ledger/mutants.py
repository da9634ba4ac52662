"""Merges that are wrong in one place, and stories and machine told upon them.

`mutants.txt` says in which file of models/ledger which whole lines (-) become which others (+).
A proof that lets a wrong merge live proves little; whoever changes the merge so that lines are
found there no more changes the mutant with them.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import models.ledger

HERE, THERE = Path(__file__).parent, Path(models.ledger.__file__).parent
AFRESH = ("models.ledger", "tests.models.ledger")


class Mutant(NamedTuple):
    """What is wrong, in which file, and which lines become which."""

    name: str
    file: str
    right: str
    wrong: str

    @property
    def module(self) -> str:
        return f"models.ledger.{self.file}"

    @property
    def source(self) -> str:
        """The wrong file; an error where the right lines do not stand exactly once."""
        whole = (THERE / f"{self.file}.py").read_text(encoding="utf-8")
        if whole.count(self.right) != 1:
            found = whole.count(self.right)
            raise LookupError(f"{self.name}: found {found} times in {self.file}:\n{self.right}")
        wrong = whole.replace(self.right, self.wrong)
        compile(wrong, self.name, "exec")
        return wrong


def read_mutants() -> list[Mutant]:
    """All of them, as `mutants.txt` has them."""
    found = []
    for block in (HERE / "mutants.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        head, *lines = block.split("\n")
        file, _, name = head.partition(": ")
        right, wrong = (
            "".join(f"{line[1:]}\n" for line in lines if line[0] == sign) for sign in "-+"
        )
        found.append(Mutant(name, file, right, wrong))
    return found


class _Finder(MetaPathFinder, InspectLoader):
    """Gives the wrong text of one module; all others are found as ever."""

    def __init__(self, module: str, source: str) -> None:
        self.module, self.source = module, source

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        return spec_from_loader(name, self) if name == self.module else None

    def get_source(self, fullname: str) -> str:
        return self.source


def machine_upon(module: str = "", source: str = "") -> AbstractContextManager[ModuleType]:
    """The module of the machine, on a ledger loaded anew in which one module has another text."""
    return _loaded_anew("machine", module, source)


def stories_upon(module: str = "", source: str = "") -> AbstractContextManager[ModuleType]:
    """The same for the stories."""
    return _loaded_anew("stories", module, source)


@contextmanager
def _loaded_anew(wanted: str, module: str, source: str) -> Iterator[ModuleType]:
    before = {name: sys.modules.pop(name) for name in _loaded()}
    finder = _Finder(module, source)
    sys.meta_path.insert(0, finder)
    try:
        found = importlib.import_module(f"tests.models.ledger.{wanted}")
        if was := before.get("tests.models.ledger.fleet"):
            # what everybody begins with is right
            sys.modules["tests.models.ledger.fleet"].STARTS[:] = was.STARTS
        yield found
    finally:
        sys.meta_path.remove(finder)
        for name in _loaded():
            del sys.modules[name]
        sys.modules.update(before)
        for name in AFRESH:
            parent, _, child = name.rpartition(".")
            setattr(sys.modules[parent], child, before[name])


def _loaded() -> list[str]:
    inside = tuple(f"{name}." for name in AFRESH)
    return [name for name in sys.modules if name in AFRESH or name.startswith(inside)]
