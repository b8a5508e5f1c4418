"""Prints the licence texts of what others wrote and is built into the program.

    python3 release/licences.py TARGET > THIRD-PARTY-LICENCES.txt

A text that several packages bring word for word stands once, with the names of all of them.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

NAMES = re.compile(r"(licen[sc]e|notice|copyright|unlicense)", re.I)
LINE = "=" * 80


def said_by(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def built_in(target):
    """Name and version of every package of others that is part of the program."""
    tree = said_by("cargo", "tree", "--locked", "-p", "onrecord", "-e", "normal", "--target", target, "--prefix", "none", "--format", "{p}")
    packages = {tuple(line.split()[:2]) for line in tree.splitlines() if "(/" not in line.replace("(proc-macro)", "")}
    return sorted((name, version.removeprefix("v")) for name, version in packages)


def texts(folder):
    """The licence files of a package, those of C sources that it brings included."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and NAMES.match(path.name) and path.suffix not in {".rs", ".html"})
    return [path.read_text(encoding="utf-8", errors="replace").strip() for path in paths]


def of_packages(target):
    """Texts with the packages that bring them, and the packages that bring none."""
    metadata = json.loads(said_by("cargo", "metadata", "--locked", "--format-version", "1"))
    known = {(package["name"], package["version"]): package for package in metadata["packages"]}
    users, silent = {}, []
    for key in built_in(target):
        package = known[key]
        name = f"{key[0]} {key[1]} ({package['license'] or 'see its text'})"
        found = texts(Path(package["manifest_path"]).parent)
        # Copies differ in where their lines end.
        for text in {" ".join(text.split()): text for text in found if text}.values():
            users.setdefault(" ".join(text.split()), (text, []))[1].append(name)
        if not found:
            silent.append(name)
    return users.values(), silent


def of_system():
    """What a static build has of the machine it is made on: Rust's library, and the C library."""
    library = Path("/usr/share/common-licenses/LGPL-2.1")
    yield "Rust's standard library (MIT OR Apache-2.0), the Rust Project Developers", ""
    yield ("the GNU C Library (LGPL-2.1-or-later), in a static build. The program's sources and release/static.sh build it anew with "
           "another version of that library"), library.read_text(encoding="utf-8") if library.exists() else "https://www.gnu.org/licenses/lgpl-2.1.txt"


def main():
    users, silent = of_packages(sys.argv[1])
    print("What others wrote that is built into onrecord, and its licences.")
    print("The data that it was learnt from stands in DATA.md.")
    sections = [(names, text) for text, names in sorted(users, key=lambda user: user[1])]
    sections += [([name], text) for name, text in of_system()]
    for names, text in sections:
        print(f"\n{LINE}", *names, sep="\n")
        if text:
            print(f"\n{text}")
    print(f"\n{LINE}\nThese bring no text; the licence that they name stands above, or in LICENSE-MIT and LICENSE-APACHE:\n", *silent, sep="\n")


main()
