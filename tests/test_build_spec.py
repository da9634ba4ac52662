"""What build.spec leaves out of the frozen program, and what it makes its .exe say."""

import ast
import re
import subprocess
import sys

import pytest

from tests.test_architecture import ROOT, SHIPPED, name_of

SPEC = ast.parse((ROOT / "build.spec").read_text(encoding="utf-8"))
IMPORT_ALL = """
import importlib, sys
left_out, modules = {left_out!r}, {modules!r}

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in left_out or name.split(".")[0] in left_out:
            raise ImportError(f"the frozen program has no {{name}}")

for name in [name for name in sys.modules if name in left_out]:
    del sys.modules[name]
sys.meta_path.insert(0, Missing())
for name in modules:
    importlib.import_module(name)
"""


def said_in_spec(name: str):
    """The value of a constant of build.spec."""
    found = [
        node.value
        for node in SPEC.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name
    ]
    return ast.literal_eval(found[0])


def test_nothing_that_is_shipped_needs_what_is_left_out():
    modules = [
        name_of(file).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for file in SHIPPED
    ]
    program = IMPORT_ALL.format(left_out=said_in_spec("LEFT_OUT"), modules=modules)
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


@pytest.mark.parametrize(("theirs", "ours"), said_in_spec("BOXES").items())
def test_our_words_fit_where_those_of_pyinstaller_stand(theirs, ours):
    assert len(ours) <= len(theirs)
    assert ours.count("%") == ours.count("%ls") <= theirs.count("%ls")


@pytest.mark.parametrize("name", ["pyside6-essentials", "shiboken6", *said_in_spec("PACKAGES")])
def test_what_is_shipped_is_pinned_and_the_notices_tell_its_version(name):
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    (version,) = re.findall(rf"^{name}==(\S+)", pins, re.M)
    told = re.findall(rf"^\| {name}[ ,][^|]*\| (\S+) \|", notices, re.M | re.I)
    assert told == [version]
