#!/usr/bin/env bash
# Makes dist/ of this commit: an archive of the static program with all that goes with it, the SBOM, and the sums of both. Nothing in it
# depends on when or in which folder it was made. A wheel that lies in dist/ already gets its sum too.
set -euo pipefail
cd "$(dirname "$0")/.."

git diff --quiet HEAD || { echo "there are changes that are in no commit; commit them or put them aside" >&2; exit 1; }
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
target=$(rustc -vV | sed -n 's/^host: //p')
program=$(release/static.sh)
version=$("$program" --version | cut -d' ' -f2)
name=onrecord-$version-$target
into=dist/$name

rm -rf "$into" "$into.tar.gz" "$into.cdx.json"
mkdir -p "$into/completions"
cp "$program" README.md CHANGELOG.md DATA.md LICENSE-MIT LICENSE-APACHE "$into/"
"$program" man --out "$into/man/man1"
complete() { "$program" completions "$1" >"$into/completions/$2"; }
complete bash onrecord.bash
complete zsh _onrecord
complete fish onrecord.fish
complete elvish onrecord.elv
complete powershell _onrecord.ps1
python3 release/licences.py "$target" >"$into/THIRD-PARTY-LICENCES.txt"
release/sbom.sh "$into.cdx.json"

find "$into" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
chmod 755 "$into/onrecord"
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=ustar -C dist -cf - "$name" | gzip -9n >"$into.tar.gz"
(cd dist && find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%f\n' | LC_ALL=C sort | xargs -d '\n' sha256sum >SHA256SUMS)
cat dist/SHA256SUMS
