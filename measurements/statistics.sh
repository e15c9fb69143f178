#!/bin/sh
# Repeats the simulated figures of docs/measurements.md, section statistics: false alarms, blocks needed, verdicts, bootstrap coverage.
# Takes about 30 s of one core, and is ended after 4 minutes on a machine that has other things to do. Needs Maven and a JDK 25 (ASSAY_JAVA_HOME, JAVA_HOME or /usr/lib/jvm).
set -eu
cd "$(dirname "$0")/.."
for jdk in "${ASSAY_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    grep -qs '^JAVA_VERSION="25[".]' "$jdk/release" && break
    jdk=
done
[ -n "$jdk" ] || { echo "measurements/statistics.sh: no JDK 25 found; set ASSAY_JAVA_HOME to one" >&2; exit 2; }
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
mvn -q -B -pl statistics test-compile dependency:build-classpath -Dmdep.outputFile="$classpath" >&2
nice timeout 240 "$jdk/bin/java" -XX:+UseSerialGC \
    -cp "statistics/target/test-classes:statistics/target/classes:$(cat "$classpath")" dev.assay.statistics.Figures
