#!/bin/sh
# Repeats the figures of docs/measurements.md, section bpf, and prints them as Markdown. Run from the root of a checkout,
# as root, on a quiet machine; takes under eight minutes. With names of parts (speed, ring, cost, overhead, agreement) only
# those. Uses bpftool, and gcc with libbpf-dev, where they are installed, and says so where not.
# ASSAY_BPF_OBJECTS may name a folder of further objects to compare with libbpf.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C
./assay bpf --help >/dev/null
jdk=${ASSAY_JAVA_HOME:-${JAVA_HOME:-}}
if [ -z "$jdk" ] || ! grep -q '^JAVA_VERSION="25' "$jdk/release" 2>/dev/null; then
    for candidate in /usr/lib/jvm/*; do
        grep -q '^JAVA_VERSION="25' "$candidate/release" 2>/dev/null && jdk=$candidate
    done
fi
[ -f bpf/target/test-classes/dev/assay/bpf/Measurements.class ] || mvn -o -q -B -pl bpf -am test-compile >/dev/null
java="$jdk/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
classes=$PWD/bpf/target/classes:$PWD/bpf/target/test-classes
measure() { $java -cp "$classes" dev.assay.bpf.Measurements "$@"; }
median() { sort -n | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
spread() { sort -n | awk '{v[NR]=$1} END {printf "%s (%s to %s)", v[int((NR+1)/2)], v[1], v[NR]}'; }
repeat() { n=$1; shift; i=0; while [ $i -lt "$n" ]; do "$@"; i=$((i+1)); done; }
milliseconds() { # wall time of a command
    begin=$(date +%s%N); "$@" >/dev/null 2>&1 || true; end=$(date +%s%N)
    awk "BEGIN {printf \"%.1f\n\", ($end - $begin) / 1e6}"
}
bpftool=$(command -v bpftool || ls /usr/sbin/bpftool 2>/dev/null || true)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

libbpf_parse() { # median of 20 parses of the kernel's types by libbpf, in milliseconds
    cat >"$scratch/parse.c" <<'END'
#include <bpf/btf.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
static int order(const void *a, const void *b) { return *(double *)a < *(double *)b ? -1 : 1; }
int main(void) {
    double took[20];
    for (int i = 0; i < 20; i++) {
        struct timespec from, to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        btf__free(btf__load_vmlinux_btf());
        clock_gettime(CLOCK_MONOTONIC, &to);
        took[i] = (to.tv_sec - from.tv_sec) * 1e3 + (to.tv_nsec - from.tv_nsec) / 1e6;
    }
    qsort(took, 20, sizeof(double), order);
    printf("%.1f", took[10]);
}
END
    gcc -O2 -o "$scratch/parse" "$scratch/parse.c" -lbpf 2>/dev/null && "$scratch/parse" || printf 'libbpf-dev not installed,'
}

speed() {
    echo "| what | goal | measured | how |"
    echo "| --- | --- | --- | --- |"
    echo "| index of the kernel's types, cold JVM, beyond its start | < 60 ms | $(repeat 11 measure index | spread) ms | median (least to most) of 11 processes |"
    echo "| full decode, cold JVM, beyond its start | < 150 ms | $(repeat 11 measure decode | spread) ms | the same |"
    warm=$(measure warm)
    echo "| index, warm | < 5 ms | ${warm% *} ms | median of 20 after 20 |"
    echo "| libbpf's parse | | $(libbpf_parse) ms | median of 20 in one process |"
    echo "| C header, warm | | ${warm#* } ms | median of 20 after 20 |"
    i=0
    while [ $i -lt 21 ]; do
        milliseconds ./assay bpf types --format c >>"$scratch/ours"
        [ -z "$bpftool" ] || milliseconds "$bpftool" btf dump file /sys/kernel/btf/vmlinux format c >>"$scratch/theirs"
        i=$((i + 1))
    done
    echo "| C header, ./assay bpf types --format c, the whole process and its launcher | faster than bpftool | $(spread <"$scratch/ours") ms | 21 fresh processes, alternating with the next |"
    if [ -n "$bpftool" ]; then
        faster=$(paste "$scratch/ours" "$scratch/theirs" | awk '$1 < $2 {n++} END {print n + 0}')
        echo "| the same by bpftool | | $(spread <"$scratch/theirs") ms | assay was the faster of $faster of 21 pairs |"
    else
        echo "| the same by bpftool | | not installed | |"
    fi
}

ring() {
    echo "Ring buffer, one draining core, the other one writing:"
    echo
    echo "- 1 million events a second for 5 s: $(measure ring 1000000 5 16777216 0)"
    echo "- 3 million events a second for 3 s: $(measure ring 3000000 3 16777216 0)"
    echo "- loss provoked, a ring of 64 KiB and a reader that stands still for 20 ms after every look, 1 million a second for 2 s: $(measure ring 1000000 2 65536 20)"
}

cost() {
    echo "Cost of each program per event, timed by the kernel (BPF_ENABLE_STATS, its own timing included) while two threads switch:"
    echo
    for observer in runqlat offcpu syscalls futex faults blockio; do
        echo "- $(measure cost "$observer")"
    done
}

overhead() { # paired, randomised and sequentially stopped by the lab
    echo "Wall time of two threads on one processor that hand a token to and fro 30,000 times (nothing but switches and futex waits),"
    echo "with each observer against the same process with the observer removed again. Blocks of the lab, 95 % intervals:"
    echo
    echo "| observer | time, ratio | 95 % interval | verdict | blocks |"
    echo "| --- | --- | --- | --- | --- |"
    for observer in runqlat offcpu syscalls futex faults blockio retransmits; do
        # On one processor every hand-over is a switch; on two, it is one or none, as the threads happen to lie.
        one="taskset -c 0 $java -cp $classes dev.assay.bpf.Measurements beside $observer"
        ./assay ab --quiet --format json --budget 30s --metric-pattern 'took ([0-9.]+) ms' --unit ms --fail-on inconclusive \
            --a "$one off 30000" --b "$one on 30000" >"$scratch/ab.json" 2>"$scratch/ab.err" || true
        python3 - "$observer" "$scratch/ab.json" <<'END' || cat "$scratch/ab.err"
import json, sys
result = json.load(open(sys.argv[2]))["results"][0]
effect = result["effect"]
print(f"| {sys.argv[1]} | {effect['ratio']:.3f} | {effect['low']:.3f} to {effect['high']:.3f} | {result['verdict']} | {result['blocks']} |")
END
    done
}

agreement() {
    echo "Agreement (tests that skip with the reason where a tool is missing):"
    echo
    more=${ASSAY_BPF_OBJECTS:+-Dtest.args=-Dassay.bpf.objects=$ASSAY_BPF_OBJECTS}
    # shellcheck disable=SC2086 # empty or one word
    mvn -o -q -B -pl bpf -am test -Dtest='LibbpfAgreementTest,LiveKernelTest,LinkedObjectsTest,BigEndianTest' \
        -Dsurefire.failIfNoSpecifiedTests=false $more >"$scratch/agreement" 2>&1 \
        && echo "- libbpf, bpftool, gcc and clang agree" || {
        echo "- disagreement, or a test failed: see bpf/target/surefire-reports"
        grep -h -E '^(\[ERROR\]|dev\.assay\.|org\.)' "$scratch/agreement" | head -n 12 | sed 's/^/    /'
    }
    grep -h -o -E '(compared with|found again) .*' "$scratch/agreement" bpf/target/surefire-reports/*-output.txt 2>/dev/null | sort -u | sed 's/^/- /' || true
}

echo "Load before: $(cut -d' ' -f1 /proc/loadavg); kernel $(uname -r); $(wc -c </sys/kernel/btf/vmlinux) bytes of BTF; $(nproc) processors"
for part in ${*:-speed ring cost overhead agreement}; do
    echo
    $part
done
