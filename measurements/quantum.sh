#!/bin/sh
# Repeats what docs/measurements.md says of quantum, as Markdown. Run it from the checkout root on a quiet machine.
# Takes about 35 minutes on 2 cores (the curve of swaps against time takes 30 of them); QUICK=1 leaves out the long part.
set -u
data=${ASSAY_SHARED:-../shared}/quantum
devices=$data/devices/tokyo-20.json,$data/devices/willow-105.json,$data/devices/heron-156.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./assay quantum --help >/dev/null 2>&1 # builds once

echo "### Swaps over 24 circuits and 3 devices (seed 1; wall-clock includes the start of the JVM)"
echo "| time given | wall-clock (s) | tokyo-20 | willow-105 | heron-156 | all |"
echo "|---|---|---|---|---|---|"
budgets="20s 60s"
[ -n "${QUICK:-}" ] || budgets="20s 60s 180s 420s 840s"
for budget in $budgets; do
    began=$(date +%s)
    ./assay quantum bench --circuits "$data/circuits" --devices "$devices" --baselines "$data/baselines.csv" \
        --time "$budget" --seed 1 --quiet --csv "$work/bench-$budget.csv" >/dev/null
    ended=$(date +%s)
    of() { awk -F, -v d="$1" '$1 == "total" && $2 == d { print $3 }' "$work/bench-$budget.csv"; }
    echo "| $budget | $((ended - began)) | $(of tokyo-20) | $(of willow-105) | $(of heron-156) | $(of all) |"
done

echo
echo "### Known optimum 0 (QUEKO)"
mkdir "$work/16" "$work/54"
cp "$data"/queko/16QBT* "$work/16"
cp "$data"/queko/54QBT* "$work/54"
./assay quantum bench --circuits "$work/16" --devices "$data/devices/aspen-16.json" --time 60s --quiet --format markdown | tail -n 1
./assay quantum bench --circuits "$work/54" --devices "$data/devices/sycamore-54.json" --time 60s --quiet --format markdown | tail -n 1
echo "Depth over optimal depth, from the number in each name:"
for device in 16:aspen-16 54:sycamore-54; do
    ./assay quantum bench --circuits "$work/${device%%:*}" --devices "$data/devices/${device##*:}.json" --time 60s --quiet --csv "$work/q.csv" >/dev/null
    awk -F, 'NR > 1 && $1 != "total" { split($1, part, "_"); best = part[2] + 0; ratio += $5 / best; n++ }
        END { printf "- %d circuits, mean ratio %.3f\n", n, ratio / n }' "$work/q.csv"
done

echo
echo "### Known optimum above 0 (own generator, 10 s each)"
echo "| device | optimum | gates | swaps |"
echo "|---|---|---|---|"
for device in aspen-16 tokyo-20 sycamore-54 rochester-53; do
    for swaps in 5 20; do
        for gates in $((swaps * 10)) $((swaps * 30)) $((swaps * 100)); do
            ./assay quantum generate --device "$data/devices/$device.json" --swaps "$swaps" --gates "$gates" --seed 3 -o "$work/k.qasm"
            found=$(./assay quantum map "$work/k.qasm" --device "$data/devices/$device.json" --time 10s --format json | awk -F'[ ,]+' '/"swaps"/ { print $4 }')
            echo "| $device | $swaps | $gates | $found |"
        done
    done
done

echo
echo "### Speed of one routing pass (warm) and random circuits"
mvn -q -B -pl quantum -am verify -Dtest='SpeedTest,RandomCircuitsTest' -Dsurefire.failIfNoSpecifiedTests=false \
    -Dtest.args="-XX:TieredStopAtLevel=4 -Xmx2g -Dassay.random.circuits=10000 -Dassay.speed=true" >/dev/null 2>&1
grep -h -E "^(random circuits|one pass)" quantum/target/surefire-reports/*-output.txt | sed 's/^/- /'

echo
echo "### Dispatcher, 10 million gates each at 1 million a second"
./assay quantum map "$data/circuits/qft_16.qasm" --device "$data/devices/tokyo-20.json" --time 3s -o "$work/d.qasm" --quiet >/dev/null
./assay quantum dispatch "$work/d.qasm" --device "$data/devices/tokyo-20.json" --count 10000000 --rate 1000000 --quiet
