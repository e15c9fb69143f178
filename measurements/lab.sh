#!/usr/bin/env bash
# How the laboratory itself does: false alarms of A/A runs, quiet and with a busy neighbour; what it costs per trial;
# whether disturbed runs say so. Takes about 30 minutes (RUNS=1: 20); let nothing else run meanwhile. Prints Markdown.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${RUNS:-2}
budget=${BUDGET:-4m}
out=$(mktemp -d)
neighbour=
stop() { [ -n "$neighbour" ] && kill "$neighbour" 2>/dev/null; neighbour=; return 0; }
trap 'stop; rm -rf "$out"' EXIT
export XDG_DATA_HOME=$out/store
./assay list >/dev/null
for jdk in "${ASSAY_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -n "$jdk" ] && grep -qs '^JAVA_VERSION="25' "$jdk/release" && java=$jdk/bin/java && break
done
lab() { "$java" --enable-native-access=ALL-UNNAMED -cp 'cli/target/app/*' measurements/Lab.java "$@"; }
burn() { "$java" -XX:+UseSerialGC measurements/Neighbour.java "$1" 3600 & neighbour=$!; sleep 3; }

echo "### False alarms (A/A), quiet: \`assay run --aa --budget $budget\`"
for i in $(seq "$runs"); do ./assay run --aa --budget "$budget" --seed "$i" -q -o "$out/quiet-$i" >/dev/null; done
lab false-alarms "$out"/quiet-*

echo; echo "### False alarms (A/A), another process busy on one core"
burn core
for i in $(seq "$runs"); do ./assay run --aa --budget "$budget" --seed "$((100 + i))" -q -o "$out/busy-$i" >/dev/null; done
stop
lab false-alarms "$out"/busy-*

echo; echo "### What the laboratory costs per trial"
lab overhead "$out"/quiet-*

echo; echo "### Disturbed runs: core, then memory bandwidth"
./assay run --budget 90s 'memory.*' atomics.rmw -q -o "$out/calm" >/dev/null
for what in core bandwidth; do
    burn "$what"
    ./assay run --budget 90s 'memory.*' atomics.rmw -q -o "$out/disturbed-$what" >/dev/null
    stop
done
lab disturbance "$out/calm" "$out/disturbed-core" "$out/disturbed-bandwidth"
