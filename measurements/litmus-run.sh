#!/bin/sh
# What the runner of litmus tests reaches on this machine, as Markdown. Run it on a quiet machine, whole (2 to 7 minutes) or in pieces.
# Usage: measurements/litmus-run.sh [speed] [classics] [tearing] [emulated JAVA-COMMAND-OF-AN-EMULATED-ARM-JVM]
# No piece takes longer than: speed 25 s, classics 150 s, tearing 180 s, emulated 60 s.
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- speed classics tearing

speed() {
    echo "### SB, MP, LB and IRIW, 5 s each"
    echo
    ./assay litmus run SB MP LB IRIW --for 5s --format markdown -q
}

# One test at a time, so that the limit of the whole is a limit of each.
classics() {
    echo "### 100 million instances of each classic"
    echo
    echo "| test | instances | million/s | forbidden instances | exit code |"
    echo "|---|---:|---:|---:|---:|"
    for test in SB MP LB R S 2+2W CoRR WRC ISA2 IRIW SB+mfences; do
        status=0
        table=$(timeout 60 ./assay litmus run "$test" --for 12s --instances 100000000 --format markdown -q) || status=$?
        printf '%s\n' "$table" | awk -F' *[|] *' -v test="$test" -v status="$status" '
            NR > 2 { instances = $3; rate = $4; if ($7 ~ /forbidden/) bad += $6 }
            END { print "| " test " | " instances " | " rate " | " bad + 0 " | " status " |"
                  if (instances < 100000000) print "| | fewer than 100 million in 12 s: the machine is busy | | | |" }'
    done
}

tearing() {
    echo "### Tearing"
    echo
    timeout 180 ./assay litmus tearing -q
}

emulated() {
    echo "### Under an emulator"
    echo
    timeout 60 ./assay litmus run SB MP LB --for 2s --format markdown -q --java "$1"
}

while [ $# -gt 0 ]; do
    case $1 in
        speed | classics | tearing) "$1" ;;
        emulated) emulated "${2:?emulated needs the command that starts the JVM}"; shift ;;
        *) echo "measurements/litmus-run.sh: speed, classics, tearing or emulated, not '$1'" >&2; exit 2 ;;
    esac
    shift
    echo
done
