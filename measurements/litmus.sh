#!/bin/sh
# Agreement, rates of deciding, and exclusives. From the checkout root; about two minutes. Two workers unless WORKERS says otherwise.
# HERD names a herd7 to compare the rates with, in the same run; HERD_ARGS its further arguments.
set -eu
workers=${WORKERS:-2}
tests=${LITMUS_TESTS:-../shared/litmus}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./assay litmus --help >/dev/null

echo "### Agreement"
./assay litmus allow "$tests" --format herd --quiet >"$work/log"
python3 - "$tests/expected.tsv" "$work/log" <<'PY'
import sys
want = {}
for line in open(sys.argv[1]).read().splitlines()[1:]:
    f = line.split("\t")
    want.setdefault(f[1], []).append((frozenset(f[5].split(" | ")), f[2], f[3]))
good = bad = 0
for block in open(sys.argv[2]).read().split("\n\n"):
    lines = block.splitlines()
    if not lines:
        continue
    name = lines[0].split()[1]
    n = int(lines[1].split()[1])
    states = frozenset(l.rstrip(";") for l in lines[2:2 + n])
    verdict = lines[2 + n].split()[-1]
    observation = lines[-1].split()[-3]
    ok = (states, verdict, observation) in want.get(name, [])
    good += ok
    bad += not ok
    if not ok:
        print("differs:", name)
print(f"{good} agree, {bad} differ")
PY

rate() { # name, folder
    count=$(find "$2" -name '*.litmus' | wc -l)
    for round in 1 2 3; do
        start=$(date +%s.%N)
        /usr/bin/env time -f '%M' -o "$work/memory" ./assay litmus allow "$2" --format herd --quiet --workers "$workers" >"$work/out"
        end=$(date +%s.%N)
        echo "| $1 | $round | $count | $(echo "$count $start $end" | awk '{printf "%.2f s | %.0f", $3 - $2, $1 / ($3 - $2)}') | $(($(cat "$work/memory") / 1024)) MB |"
    done
    if [ -n "${HERD:-}" ]; then
        find "$2" -name '*.litmus' | head -n 300 >"$work/some"
        start=$(date +%s.%N)
        # shellcheck disable=SC2046,SC2086
        "$HERD" ${HERD_ARGS:-} $(cat "$work/some") >/dev/null 2>&1 || true
        end=$(date +%s.%N)
        echo "| $1, herd7 (one process) | 1 | $(wc -l <"$work/some") | $(wc -l <"$work/some" | awk -v s="$start" -v e="$end" '{printf "%.2f s | %.0f", e - s, $1 / (e - s)}') | |"
    fi
}

echo
echo "### Rates, JVM start included, $workers workers"
echo "| tests | round | count | time | tests/s | memory |"
echo "|---|---|---|---|---|---|"
for arch in x86_64 riscv aarch64; do
    size=6
    [ "$arch" = x86_64 ] && size=8
    # All critical cycles of this size, six times over, so that starting the JVM weighs as it does in large runs.
    for copy in 1 2 3 4 5 6; do
        ./assay litmus generate --arch "$arch" --size "$size" -o "$work/$arch/$copy" >/dev/null
    done
    rate "$arch, critical cycles of up to $size steps, six times" "$work/$arch"
done
rate "shared AArch64" "$tests/aarch64"

echo
echo "### Exclusives"
pairs() { # file, threads, pairs each
    awk -v threads="$2" -v pairs="$3" 'BEGIN {
        printf "RISCV pairs\n{ "
        for (t = 0; t < threads; t++) { printf "%d:x5=x; ", t; for (p = 0; p < pairs; p++) printf "%d:x%d=%d; ", t, 6 + p, 1 + t * pairs + p }
        print "}"
        for (t = 0; t < threads; t++) printf "%s P%d", t ? " |" : "", t; print " ;"
        for (p = 0; p < pairs; p++) {
            for (t = 0; t < threads; t++) printf "%s lr.w x%d,0(x5)", t ? " |" : "", 10 + 2 * p; print " ;"
            for (t = 0; t < threads; t++) printf "%s sc.w x%d,x%d,0(x5)", t ? " |" : "", 11 + 2 * p, 6 + p; print " ;"
        }
        print "exists (0:x10=99)" }' >"$1"
}
for shape in "2 2" "3 1" "3 2" "2 4"; do
    set -- $shape
    pairs "$work/pairs.litmus" "$1" "$2"
    start=$(date +%s.%N)
    ./assay litmus allow "$work/pairs.litmus" --format herd >"$work/out"
    end=$(date +%s.%N)
    echo "- $1 threads with $2 LR/SC pairs each on one location: $(echo "$start $end" | awk '{printf "%.2f", $2 - $1}') s, $(grep Observation "$work/out" | awk '{print $4 + $5}') executions"
done
