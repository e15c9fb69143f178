#!/bin/sh
# The chapters against the same kernels in C (gcc -O3 -march=native), paired and in random order, by the laboratory.
# Usage: measurements/experiments.sh [SECONDS] [EXPERIMENT ...]   (default 600 s for memory.latency, memory.bandwidth,
# atomics.rmw and runtime.syscalls). Prints Markdown. Needs gcc; builds what is not built.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-600}
[ $# -gt 0 ] && shift
./assay --version >/dev/null
[ experiments/target/test-classes/dev/assay/experiments/AgainstC.class -nt \
    experiments/src/test/java/dev/assay/experiments/AgainstC.java ] || mvn -q -B -pl experiments -am test-compile >&2
programs=experiments/target/reference
mkdir -p "$programs"
for name in latency bandwidth rmw syscalls; do
    gcc -O3 -march=native -pthread -o "$programs/$name" "experiments/src/test/resources/reference/$name.c"
done
java=
for jdk in "${ASSAY_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk*; do
    if [ -z "$java" ] && [ -r "$jdk/release" ] && grep -q '^JAVA_VERSION="25[".]' "$jdk/release"; then
        java=$jdk/bin/java
    fi
done
[ -n "$java" ] || { echo "a JDK 25 is needed; set ASSAY_JAVA_HOME" >&2; exit 2; }
gcc --version | head -n 1
"$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
    "-Dassay.reference=$PWD/$programs" -cp "$PWD/experiments/target/test-classes:$PWD/cli/target/app/*" \
    dev.assay.experiments.AgainstC "$seconds" "$@"
