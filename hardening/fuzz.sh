#!/usr/bin/env bash
# Fuzzes every target of crates/fuzz in turn with libFuzzer, and says what came of it.
#
#   hardening/fuzz.sh [MINUTES [TARGET...]]     MINUTES for all targets together (default 25)
#
# Needs nightly Rust and cargo-fuzz (cargo install cargo-fuzz). An input that crashes, takes longer than 10 seconds or needs more than
# 512 MB ends its target's turn and is kept under crates/fuzz/fuzz/artifacts; put it into crates/fuzz/corpus/TARGET/found-... with its
# mending. What reaches more of the code is kept under crates/fuzz/fuzz/corpus and begun with the next time. A line for each turn is added
# to the log that ONRECORD_FUZZ_LOG names. ONRECORD_FUZZ_SANITIZER=address watches unsafe code, at a third of the speed.
# ONRECORD_FUZZ_PROGRAM names a program that was built before.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/../crates/fuzz"

minutes=${1:-25}
[ "$minutes" -gt 0 ] || { echo "MINUTES: a number above 0" >&2; exit 2; }
[ $# = 0 ] || shift
targets=("$@")
[ $# != 0 ] || targets=($(ls corpus))
log=${ONRECORD_FUZZ_LOG:-fuzz/target/log.tsv}
sanitizer=${ONRECORD_FUZZ_SANITIZER:-none}

program=${ONRECORD_FUZZ_PROGRAM:-fuzz/target/$(rustc -vV | sed -n 's/^host: //p')/release/any}
[ -n "${ONRECORD_FUZZ_PROGRAM:-}" ] || cargo +nightly fuzz build --sanitizer "$sanitizer" -O -a any
mkdir -p fuzz/target
[ -s "$log" ] || printf 'target\texecutions\tedges\tcpu_s\tpeak_mb\tfinds\n' >"$log"

# The program reads reports on threads with this much stack.
ulimit -s 16384
TIMEFORMAT='%U %S'
finds=0
printf '%-10s %12s %7s %7s %8s %6s\n' target executions edges cpu_s peak_mb finds
for target in "${targets[@]}"; do
    work=fuzz/corpus/$target found=fuzz/artifacts/$target
    mkdir -p "$work" "$found"
    options=(-max_total_time=$((minutes * 60 / ${#targets[@]})) -timeout=10 -rss_limit_mb=512 -max_len=4096 -print_final_stats=1)
    [ ! -f "dictionaries/$target.dict" ] || options+=("-dict=dictionaries/$target.dict")
    said=fuzz/target/$target.log
    status=0
    spent=$( { time ONRECORD_FUZZ=$target "$program" "${options[@]}" -artifact_prefix="$found/" "$work" "corpus/$target" >"$said" 2>&1 || echo failed >&2; } 2>&1)
    case $spent in *failed*) status=1 ;; esac
    last() { sed -n "s/$1/\\1/p" "$said" | tail -1; }
    executions=$(last '^stat::number_of_executed_units: *\([0-9]*\)$')
    peak=$(last '^stat::peak_rss_mb: *\([0-9]*\)$')
    # libFuzzer looks once a second; what was taken and given back in between is in its last line.
    [ "${peak:-0}" -le 512 ] || status=1
    finds=$((finds + status))
    edges=$(last '.* cov: \([0-9]*\) .*')
    cpu=$(echo "$spent" | awk 'NF == 2 { printf "%.0f", $1 + $2 }')
    printf '%-10s %12s %7s %7s %8s %6s\n' "$target" "${executions:-0}" "${edges:-0}" "$cpu" "${peak:-0}" "$status"
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$target" "${executions:-0}" "${edges:-0}" "$cpu" "${peak:-0}" "$status" >>"$log"
    [ "$status" = 0 ] || { grep -a -m 3 -E 'panicked at|ERROR: libFuzzer|Test unit written' "$said" >&2 || tail -3 "$said" >&2; }
done
awk -F'\t' 'NR > 1 { n += $2; s += $4; f += $6 } END { printf "in the log: %d executions in %.2f CPU hours, %d finds\n", n, s / 3600, f }' "$log"
exit $((finds > 0))
