#!/bin/sh
# Repeats what docs/measurements.md says of quantum, as Markdown, piece by piece. From the checkout root, on a quiet machine:
#   measurements/quantum.sh PIECE [ARGUMENT...]
# curve [TIME...]     swaps over 24 circuits and 3 devices against time; default 43s 75s 120s 300s: 9 minutes
# long                the same with 15 minutes
# queko               known optimum 0: swaps and depth; 1 minute
# optima [DEVICE...]  known optimum above 0; default tokyo-20 sycamore-54 rochester-53 heron-156; 2 minutes each. SWAPS, PER_SWAP,
#                     SEEDS and TIME say otherwise than 5 20, 10 30 100, 1 2 3 and 10s
# random [COUNT]      random circuits, each verified; default 10000: 4 minutes, a piece of 1000 at a time. Results of pieces go to
#                     STORE, by default quantum/target/random-circuits.txt; what is there is not run again
# speed               one routing pass, warm: 1 minute
# million             a million gates from file to file with memory: 1 minute
# dispatcher [COUNT]  lateness of gates issued at a million a second; default 10000000: 1 minute
set -u
data=${ASSAY_SHARED:-../shared}/quantum
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || { sed -n '2,14s/^# //p' "$0"; exit 2; }
piece=$1
shift
[ "$piece" = random ] || ./assay quantum --help >/dev/null || exit 4 # builds once

curve() {
    devices=$data/devices/tokyo-20.json,$data/devices/willow-105.json,$data/devices/heron-156.json
    echo "| time given | wall-clock (s) | processor time (s) | memory (MB) | tokyo-20 | willow-105 | heron-156 | all | not verified |"
    echo "|---|---|---|---|---|---|---|---|---|"
    for budget in "$@"; do
        /usr/bin/time -o "$work/time" -f "%e %U %S %M" ./assay quantum bench --circuits "$data/circuits" \
            --devices "$devices" --baselines "$data/baselines.csv" --time "$budget" --seed "${SEED:-1}" --quiet \
            --csv "$work/bench.csv" >/dev/null
        of() { awk -F, -v d="$1" '$1 == "total" && $2 == d { print $3 }' "$work/bench.csv"; }
        wrong=$(grep -c ',no$' "$work/bench.csv")
        awk -v b="$budget" -v t="$(of tokyo-20)" -v w="$(of willow-105)" -v h="$(of heron-156)" -v a="$(of all)" \
            -v x="$wrong" 'END { printf "| %s | %s | %.0f | %.0f | %s | %s | %s | %s | %s |\n", b, $1, $2 + $3, $4 / 1024, t, w, h, a, x }' "$work/time"
    done
}

queko() {
    echo "| device | circuits | swaps | depth over optimal depth, mean | most | wall-clock (s) |"
    echo "|---|---|---|---|---|---|"
    for device in 16:aspen-16 54:sycamore-54; do
        mkdir -p "$work/${device%%:*}"
        cp "$data/queko/${device%%:*}"QBT* "$work/${device%%:*}"
        /usr/bin/time -o "$work/time" -f %e ./assay quantum bench --circuits "$work/${device%%:*}" \
            --devices "$data/devices/${device##*:}.json" --time 60s --quiet --csv "$work/q.csv" >/dev/null
        awk -F, -v d="${device##*:}" -v s="$(cat "$work/time")" 'NR > 1 && $1 != "total" { split($1, part, "_"); best = part[2] + 0
                r = $5 / best; ratio += r; if (r > most) most = r; swaps += $3; n++ }
            END { printf "| %s | %d | %d | %.3f | %.3f | %s |\n", d, n, swaps, ratio / n, most, s }' "$work/q.csv"
    done
}

optima() {
    echo "| device | swaps needed | two-qubit gates per swap | swaps found, by seed | mean ratio | wall-clock (s) |"
    echo "|---|---|---|---|---|---|"
    for device in "$@"; do
        for swaps in ${SWAPS:-5 20}; do
            for per in ${PER_SWAP:-10 30 100}; do
                all=
                began=$(date +%s)
                for seed in ${SEEDS:-1 2 3}; do
                    ./assay quantum generate --device "$data/devices/$device.json" --swaps "$swaps" --gates $((swaps * per)) \
                        --seed "$seed" -o "$work/k.qasm"
                    found=$(./assay quantum map "$work/k.qasm" --device "$data/devices/$device.json" --time "${TIME:-10s}" \
                        --seed 1 --format json | awk -F'[ ,]+' '/"swaps"/ { print $4 }')
                    all="$all $found"
                done
                echo "$all" | awk -v d="$device" -v s="$swaps" -v p="$per" -v t=$(($(date +%s) - began)) \
                    '{ for (i = 1; i <= NF; i++) sum += $i; printf "| %s | %d | %d |%s | %.2f | %d |\n", d, s, p, $0, sum / NF / s, t }'
            done
        done
    done
}

# NAME of the tests, how the lines that count begin, further options of the JVM
tests() {
    mvn -q -B -o -pl quantum -am verify -Dtest="$1" -Dsurefire.failIfNoSpecifiedTests=false \
        -Dtest.args="-XX:TieredStopAtLevel=4 -Xmx2g $3" >"$work/log" 2>&1 || { tail -n 20 "$work/log"; exit 4; }
    grep -h "^$2" "quantum/target/surefire-reports/dev.assay.quantum.$1-output.txt" | sed 's/^/- /'
}

random() {
    store=${STORE:-quantum/target/random-circuits.txt}
    find_jdk || exit 2
    mvn -q -B -o -pl quantum -am test-compile || exit 4
    touch "$store"
    first=0
    while [ "$first" -lt "$1" ]; do
        count=$(($1 - first < 1000 ? $1 - first : 1000))
        piece="seeds $first to $((first + count - 1)):"
        grep -q "^$piece" "$store" || "$jdk/bin/java" -XX:+UseSerialGC -cp "quantum/target/classes:quantum/target/test-classes:cli/target/app/*" \
            dev.assay.quantum.RandomCircuitsTrial "$first" "$count" | tee -a "$store" >&2
        grep -q "^$piece" "$store" || exit 4
        first=$((first + count))
    done
    awk -v n="$1" '{ gsub(/[:,]/, ""); if ($2 < n) { c += $5; d += $7; p += $11; b += $17; w += $20; s += $22; v += $24 } }
        END { printf "| random circuits | on directed devices | on devices of two parts | with branches | swaps | states compared too | violations |\n|---|---|---|---|---|---|---|\n| %d | %d | %d | %d | %d | %d | %d |\n", c, d, p, b, w, s, v; exit v > 0 }' "$store"
}

find_jdk() {
    for jdk in "${ASSAY_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk*; do
        grep -qs '^JAVA_VERSION="25[".]' "$jdk/release" && return
    done
    echo "a JDK 25 is needed; set ASSAY_JAVA_HOME" >&2
    return 1
}

million() {
    awk 'BEGIN { srand(7); print "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[20];"
        for (i = 0; i < 1000000; i++) { a = int(rand() * 20); b = (a + 1 + int(rand() * 19)) % 20; printf "cx q[%d],q[%d];\n", a, b } }' >"$work/m.qasm"
    echo "| a million gates on 20 qubits, tokyo-20, time given | wall-clock (s) | memory (MB) | swaps | verified |"
    echo "|---|---|---|---|---|"
    for budget in 5s 60s; do
        ASSAY_OPTS=-Xmx1700m /usr/bin/time -o "$work/time" -f "%e %M" ./assay quantum map "$work/m.qasm" \
            --device "$data/devices/tokyo-20.json" --time "$budget" --format json -o "$work/mapped.qasm" >"$work/json" || exit 4
        awk -v b="$budget" -v s="$(awk -F'[ ,]+' '/"swaps"/ { print $4 }' "$work/json")" \
            -v v="$(awk -F'[ ,]+' '/"verified"/ { print $4 }' "$work/json")" \
            '{ printf "| %s | %s | %.0f | %s | %s |\n", b, $1, $2 / 1024, s, v }' "$work/time"
    done
}

dispatcher() {
    ./assay quantum map "$data/circuits/qft_16.qasm" --device "$data/devices/tokyo-20.json" --time 3s -o "$work/d.qasm" --quiet >/dev/null
    ./assay quantum dispatch "$work/d.qasm" --device "$data/devices/tokyo-20.json" --count "$1" --rate 1000000 --quiet
}

case $piece in
    curve) [ $# -gt 0 ] || set -- 43s 75s 120s 300s; curve "$@" ;;
    long) curve 900s ;;
    queko) queko ;;
    optima) [ $# -gt 0 ] || set -- tokyo-20 sycamore-54 rochester-53 heron-156; optima "$@" ;;
    random) random "${1:-10000}" ;;
    speed) tests SpeedTest "one pass" -Dassay.speed=true ;;
    million) million ;;
    dispatcher) dispatcher "${1:-10000000}" ;;
    *) echo "quantum.sh: there is no piece '$piece'; see the list at its top" >&2; exit 2 ;;
esac
