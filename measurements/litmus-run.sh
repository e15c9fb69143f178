#!/bin/sh
# What the runner of litmus tests reaches on this machine, as Markdown. Takes 5 to 10 minutes; run it on a quiet machine.
# Usage: measurements/litmus-run.sh [JAVA-COMMAND-OF-AN-EMULATED-ARM-JVM]
set -eu
cd "$(dirname "$0")/.."
echo "### SB, MP, LB and IRIW, 5 s each"
echo
./assay litmus run SB MP LB IRIW --for 5s --format markdown -q
echo
echo "### 100 million instances of each classic: nothing forbidden (exit code 0)"
echo
status=0
timeout 600 ./assay litmus run SB MP LB R S 2+2W CoRR WRC ISA2 IRIW SB+mfences --for 60s --instances 100000000 \
    --format markdown -q > "${TMPDIR:-/tmp}/assay-classics.md" || status=$?
awk -F'|' 'NR > 2 { instances[$2] = $3; rate[$2] = $4; if ($7 ~ /forbidden/) bad[$2] += $6 }
    END { print "| test | instances | million/s | forbidden |"; print "|---|---:|---:|---:|";
          for (t in instances) print "|" t "|" instances[t] "|" rate[t] "| " bad[t] + 0 " |" }' \
    "${TMPDIR:-/tmp}/assay-classics.md"
echo
echo "exit code $status"
echo
echo "### Tearing"
echo
./assay litmus tearing -q
if [ $# -gt 0 ]; then
    echo
    echo "### Under an emulator"
    echo
    ./assay litmus run SB MP LB --for 2s --format markdown -q --java "$1"
fi
