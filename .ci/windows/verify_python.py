"""Prove that a folder holds Python for Windows as its makers signed it: verify_python.py FOLDER

Every program file must bear a valid signature of the Python Software Foundation (the two runtime
files of Microsoft: a digest that matches their signature). Every Lib/**/*.py must stand, by its
SHA-256, in the catalogue that the Foundation signed, or be empty. Needs osslsigncode.
"""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
# The one file the catalogue forgets: Lib/xml/__init__.py, four lines of documentation and names.
FORGOTTEN = "8e7bc2b8a9974751e0bf0be8e8fd3c116fb0ed2ff2e372f693a7e3659a46f8dc"
PROGRAMS = {".exe", ".dll", ".pyd"}
WITHOUT_NETWORK = ["-ignore-cdp", "-ignore-crl"]  # known from 2.8 on; before, nothing was fetched


def signature(file: Path) -> str:
    """What osslsigncode says of a file."""
    version = subprocess.run(["osslsigncode", "--version"], capture_output=True, text=True).stdout
    found = re.search(r"(\d+)\.(\d+)", version)
    new = found is not None and (int(found[1]), int(found[2])) >= (2, 8)
    trust = ["-CAfile", AUTHORITIES, "-TSA-CAfile", AUTHORITIES]
    command = ["osslsigncode", "verify", *(WITHOUT_NETWORK if new else []), *trust, "-in", file]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout + done.stderr


def is_python_s(words: str) -> bool:
    """Whether the signature is good and the Foundation's."""
    return "CN=Python Software Foundation" in words and "\nSucceeded" in words


def is_microsoft_s(words: str) -> bool:
    """Whether the file is as Microsoft signed it; its root is not among Debian's authorities."""
    signed = re.findall(r"^Current message digest.*?: (\w+)", words, re.M)
    counted = re.findall(r"^Calculated message digest.*?: (\w+)", words, re.M)
    return bool(signed) and signed == counted and "O=Microsoft Corporation" in words


def main(folder: Path) -> int:
    """Say what is not proved; 0 where everything is."""
    bad = []
    programs = [file for file in sorted(folder.rglob("*")) if file.suffix.lower() in PROGRAMS]
    for file in programs:
        good = is_microsoft_s if file.name.startswith("vcruntime") else is_python_s
        if not good(signature(file)):
            bad.append(file)
    catalogue = folder / "DLLs" / "python_lib.cat"
    if not is_python_s(signature(catalogue)):
        bad.append(catalogue)
    listed = catalogue.read_bytes()
    modules = sorted((folder / "Lib").rglob("*.py"))
    for file in modules:
        data = file.read_bytes()
        digest = hashlib.sha256(data)
        if data.strip() and digest.digest() not in listed and digest.hexdigest() != FORGOTTEN:
            bad.append(file)
    counts = f"{len(programs)} programs and {len(modules)} modules"
    sys.stdout.write(f"{counts}, {len(bad)} not proved\n")
    for file in bad:
        sys.stdout.write(f"  not proved: {file.relative_to(folder)}\n")
    return 1 if bad or not programs or not modules else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
