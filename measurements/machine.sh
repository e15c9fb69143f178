#!/bin/sh
# How long `assay machine` takes beside `java -version`: the medians of 15 runs each, taken in turns.
# Takes about 20 s on a quiet machine. Needs GNU date. Run from the root of a checkout.
set -eu
cd "$(dirname "$0")/.."
runs=${RUNS:-15}
./assay machine >/dev/null # builds when needed, warms the page cache
jdk=$(ASSAY_OPTS=-XshowSettings:properties ./assay --version 2>&1 | sed -n 's/^ *java.home = //p')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
millis() {
    begin=$(date +%s%N)
    "$@" >/dev/null 2>&1
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000))
}
for _ in $(seq "$runs"); do
    millis "$jdk/bin/java" -version >>"$work/java"
    millis ./assay machine >>"$work/table"
    millis ./assay machine --format json >>"$work/json"
done
median() { sort -n "$1" | sed -n "$(((runs + 1) / 2))p"; }
java=$(median "$work/java")
limit=$((java * 3 / 2 + 500))
echo "| what | median of $runs | allowed |"
echo "|---|---|---|"
echo "| java -version | $java ms | |"
for form in table json; do
    took=$(median "$work/$form")
    verdict=$([ "$took" -le "$limit" ] && echo within || echo above)
    echo "| assay machine, $form | $took ms | $limit ms: $verdict |"
done
echo
echo "Load average at the end: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown)"
