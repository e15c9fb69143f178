#!/bin/sh
# Repeats the figures of docs/measurements.md, section bpf. Run from the root of a checkout, as root, on a quiet machine.
# Takes about six minutes. Uses bpftool and gcc with libbpf-dev where they are installed, and says so where not.
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
[ -d bpf/target/test-classes/dev/assay/bpf ] || mvn -o -q -B -pl bpf -am test-compile >/dev/null
java="$jdk/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
measure() { $java -cp "bpf/target/classes:bpf/target/test-classes" dev.assay.bpf.Measurements "$@"; }
median() { sort -n | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
repeat() { n=$1; shift; i=0; while [ $i -lt "$n" ]; do "$@"; i=$((i+1)); done; }
seconds() { # wall time of a command in milliseconds
    begin=$(date +%s%N); "$@" >/dev/null 2>&1 || true; end=$(date +%s%N); echo $(( (end - begin) / 1000000 ))
}
bpftool=$(command -v bpftool || ls /usr/sbin/bpftool 2>/dev/null || true)

echo "Load before: $(cut -d' ' -f1 /proc/loadavg); kernel $(uname -r); $(wc -c </sys/kernel/btf/vmlinux) bytes of BTF"
echo
echo "| what | goal | measured | how |"
echo "| --- | --- | --- | --- |"
echo "| index of the kernel's types, cold JVM, beyond its start | < 60 ms | $(repeat 11 measure index | median) ms | median of 11 processes |"
echo "| full decode, cold JVM, beyond its start | < 150 ms | $(repeat 11 measure decode | median) ms | median of 11 processes |"
warm=$(measure warm)
echo "| index, warm | < 5 ms | ${warm% *} ms | median of 20 after 20 |"
header=$(repeat 11 measure header | median)
echo "| C header, warm | | ${warm#* } ms | median of 20 after 20 |"
echo "| C header, cold JVM, beyond its start | faster than bpftool | $header ms | median of 11 processes |"
if [ -n "$bpftool" ]; then
    echo "| the same by bpftool, its start included | | $(repeat 11 seconds "$bpftool" btf dump file /sys/kernel/btf/vmlinux format c | median) ms | median of 11 processes |"
else
    echo "| the same by bpftool | | not installed | |"
fi
echo "| ./assay bpf types --format c, all included | | $(repeat 5 seconds ./assay bpf types --format c | median) ms | median of 5 processes |"
echo "| ring buffer at 1 million events a second for 5 s | none lost | $(measure ring 1000000 5) | one process |"
echo "| ring buffer as fast as asked, 3 million a second | | $(measure ring 3000000 3) | one process |"

echo
echo "Cost of each program per event, timed by the kernel (BPF_ENABLE_STATS) while two threads switch:"
echo
for observer in runqlat offcpu syscalls futex faults blockio; do
    echo "- $(measure cost "$observer")"
done

echo
echo "Overhead on two threads that hand a token to and fro 100,000 times (nothing but context switches), 7 pairs,"
echo "without and with the observer, in alternation:"
echo
echo "| observer | without | with | ratio of medians |"
echo "| --- | --- | --- | --- |"
for observer in runqlat offcpu syscalls futex faults; do
    rm -f /tmp/assay-bpf-without /tmp/assay-bpf-with
    pairs=0
    while [ $pairs -lt 7 ]; do
        measure switches 100000 >>/tmp/assay-bpf-without
        ./assay bpf run "$observer" --for 15s --quiet --format json >/dev/null &
        watch=$!
        sleep 2
        measure switches 100000 >>/tmp/assay-bpf-with
        kill "$watch" 2>/dev/null || true
        wait "$watch" 2>/dev/null || true
        pairs=$((pairs + 1))
    done
    a=$(median </tmp/assay-bpf-without)
    b=$(median </tmp/assay-bpf-with)
    echo "| $observer | $a ms | $b ms | $(awk "BEGIN {printf \"%.2f\", $b / $a}") |"
done
rm -f /tmp/assay-bpf-without /tmp/assay-bpf-with

echo
echo "Agreement (tests that skip with the reason where a tool is missing):"
more=${ASSAY_BPF_OBJECTS:+-Dtest.args=-Dassay.bpf.objects=$ASSAY_BPF_OBJECTS}
# shellcheck disable=SC2086 # empty or one word
mvn -o -q -B -pl bpf -am test -Dtest='LibbpfAgreementTest,LiveKernelTest' -Dsurefire.failIfNoSpecifiedTests=false $more >/dev/null \
    && echo "- libbpf, bpftool, gcc and clang agree; $(grep -h 'compared' bpf/target/surefire-reports/*LibbpfAgreementTest-output.txt 2>/dev/null || echo 'libbpf not compared')" \
    || echo "- disagreement, or a test failed: see bpf/target/surefire-reports"
