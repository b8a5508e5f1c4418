"""Completes the SBOM of the packages: without the folder it was made in, with the parts that no package manager knows.

    python3 release/sbom.py FROM_CARGO_CYCLONEDX.json > onrecord.cdx.json
"""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPDX = {"CC BY 4.0": "CC-BY-4.0", "CC BY-SA 4.0": "CC-BY-SA-4.0", "CC BY-SA 3.0": "CC-BY-SA-3.0", "MIT": "MIT", "Apache-2.0": "Apache-2.0"}
# The licence of the file itself, where DATA.md states one.
OF_FILE = {"english.bin": "CC-BY-SA-4.0"}


def licence(words):
    """As SPDX knows it, else in DATA.md's words."""
    return {"license": {"id": SPDX[words]} if words in SPDX else {"name": words}}


def rows():
    """The table of DATA.md: file, made from, licence of the source, what was made of it. An empty first cell is the file above."""
    file, before = "", {}
    for line in (ROOT / "DATA.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or len(cells) != 4 or cells[0] == "file" or set(cells[0]) == {"-"}:
            continue
        file = cells[0].strip("`") or file
        # "As above" is as where this source stood before.
        terms = next(before[source] for source in before if cells[1] in source) if cells[2] == "as above" else cells[2]
        before[cells[1]] = terms
        yield file, cells[1], terms, cells[3]


def data():
    """A component for each file that was made from other people's data, with its sources."""
    components = {}
    for file, source, terms, made in rows():
        path = ROOT / file
        component = components.setdefault(file, {
            "type": "machine-learning-model" if file.endswith(("english.bin", "attribution.bin")) else "data",
            "bom-ref": f"file:{file}",
            "name": path.name,
            "description": f"{file}: {made}",
            "scope": "required",
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            "pedigree": {"ancestors": []},
        })
        if path.name in OF_FILE:
            component["licenses"] = [{"license": {"id": OF_FILE[path.name]}}]
        component["pedigree"]["ancestors"].append({"type": "data", "name": source, "licenses": [licence(terms)]})
    return list(components.values())


def said_by(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def system():
    """What a static build has of the machine it is made on."""
    rust = re.search(r"release: (\S+)", said_by("rustc", "-vV"))[1]
    parts = [{"type": "library", "bom-ref": f"rust-std@{rust}", "name": "rust-std", "version": rust,
              "licenses": [{"expression": "MIT OR Apache-2.0"}]}]
    libc = said_by("getconf", "GNU_LIBC_VERSION").split()
    if libc:
        parts.append({"type": "library", "bom-ref": f"{libc[0]}@{libc[1]}", "name": libc[0], "version": libc[1],
                      "licenses": [{"license": {"id": "LGPL-2.1-or-later"}}]})
    return [part | {"scope": "required"} for part in parts]


def without_folder(text):
    """Packages of this repository by their path in it; where they are downloaded from is not a folder."""
    text = text.replace(f"path+file://{ROOT}/", "path+file:///")
    return re.sub(r"\?download_url=file://[^\"]*", "", text)


def main():
    bom = json.loads(without_folder(Path(sys.argv[1]).read_text(encoding="utf-8")))
    models, parts = data(), system()
    bom["components"] = sorted(bom["components"] + models + parts, key=lambda component: component["bom-ref"])
    package = lambda file: f"path+file:///{'/'.join(file.split('/')[:2])}#"
    own = bom["metadata"]["component"]["bom-ref"]
    for dependency in bom["dependencies"]:
        ref = dependency["ref"]
        needs = [model["bom-ref"] for model in models if ref.startswith(package(model["bom-ref"].removeprefix("file:")))]
        needs += [part["bom-ref"] for part in parts if ref == own]
        if needs:
            dependency["dependsOn"] = sorted(dependency.get("dependsOn", []) + needs)
    bom["dependencies"] += [{"ref": component["bom-ref"]} for component in models + parts]
    bom["dependencies"].sort(key=lambda dependency: dependency["ref"])
    json.dump(bom, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
    print()


main()
