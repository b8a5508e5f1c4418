#!/usr/bin/env bash
# Builds the program as one file that needs no library of the system it runs on, and says where it is. README.md beside this tells
# the limits.
set -euo pipefail
cd "$(dirname "$0")/.."

target=$(rustc -vV | sed -n 's/^host: //p')
case $target in
*-linux-*) ;;
*)
    echo "a static build is made on Linux; here: cargo build --profile dist -p onrecord" >&2
    exit 1
    ;;
esac

# Where things lay on this machine is no part of the program.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
flags=(-C target-feature=+crt-static)
for place in "$cargo_home=/cargo" "$(rustc --print sysroot)=/rust" "$PWD=/onrecord"; do
    flags+=("--remap-path-prefix=$place")
    CFLAGS="${CFLAGS:-} -ffile-prefix-map=$place"
done
export CFLAGS
CARGO_ENCODED_RUSTFLAGS=$(printf '%s\x1f' "${flags[@]}" | sed 's/\x1f$//')
export CARGO_ENCODED_RUSTFLAGS

# Not for the programs that run while it is built: only what is named by --target gets the flags.
cargo build --locked --profile dist -p onrecord --target "$target" >&2
program=${CARGO_TARGET_DIR:-target}/$target/dist/onrecord

headers=$(readelf -ldW "$program")
case $headers in
*INTERP* | *NEEDED*)
    echo "$program asks for libraries of the system" >&2
    exit 1
    ;;
esac
echo "$program"
