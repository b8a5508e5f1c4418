#!/usr/bin/env bash
# Writes what the program is made of as a CycloneDX document: the packages, the C library and Rust's own, and the learnt data that
# DATA.md names. The same bytes for the same commit.
#
#   release/sbom.sh OUT.cdx.json
set -euo pipefail
out=$(realpath -m "${1:?name the file to write: release/sbom.sh onrecord.cdx.json}")
cd "$(dirname "$0")/.."

tools=$PWD/target/tools
PATH=$tools/bin:$PATH
# Unoptimised it is built in half the time, and has little to do.
command -v cargo-cyclonedx >/dev/null || cargo install --quiet --locked --debug --root "$tools" --version 0.5.9 cargo-cyclonedx

export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
target=$(rustc -vV | sed -n 's/^host: //p')
# It writes beside each Cargo.toml, for every program of the workspace.
name=whole.sbom
trap 'rm -f crates/*/$name.json lexicon/$name.json python/$name.json' EXIT
cargo cyclonedx --quiet --manifest-path crates/onrecord/Cargo.toml --format json --spec-version 1.5 --no-build-deps \
    --target "$target" --override-filename "$name"
python3 release/sbom.py "crates/onrecord/$name.json" >"$out"

# Against the schema, where the package that has it can be had.
if python3 -m venv "$tools/venv" && "$tools/venv/bin/pip" install -q --disable-pip-version-check 'cyclonedx-python-lib[json-validation]'; then
    "$tools/venv/bin/python" - "$out" <<'PYTHON'
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

fault = JsonStrictValidator(SchemaVersion.V1_5).validate_str(open(sys.argv[1], encoding="utf-8").read())
sys.exit(f"{sys.argv[1]}: {fault}" if fault else 0)
PYTHON
else
    echo "the SBOM is not validated: no cyclonedx-python-lib" >&2
fi
