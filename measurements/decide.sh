#!/usr/bin/env bash
# Measures what `assay ab` promises and prints Markdown: false alarms and coverage over A/A comparisons (commands and JMH jars, quiet
# and with a busy neighbour), injected slow-downs found within a time, and the same through hyperfine, an ABBA loop and JMH's defaults.
#
#   measurements/decide.sh [COMPARISONS] [SECONDS]
#
# COMPARISONS of each kind (default 100: 400 A/A comparisons in all), SECONDS per pair of jars (default 60; commands take a twelfth).
# Time: at most about COMPARISONS × SECONDS × 3.5, 6 h with the defaults, less as comparisons end early; `decide.sh 4 15` some 7 minutes.
# The truth of a slowed loop is taken as the share of its rounds, though starting the shell (1 ms of 25) dilutes it a little.
# JMH's defaults are run once per jar only with JMH_DEFAULTS=1 (17 minutes).
set -euo pipefail
cd "$(dirname "$0")/.."
comparisons=${1:-100}
seconds=${2:-60}
control=$((seconds / 3 > 15 ? seconds / 3 : 15))
quick=$((seconds / 12 > 4 ? seconds / 12 : 4))
work=$(mktemp -d)
neighbour=
trap '[ -n "$neighbour" ] && kill "$neighbour" 2>/dev/null; rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data

./assay --version >/dev/null
[ -d decide/target/test-classes ] || mvn -o -q -B -pl decide -am test-compile
jdk=${ASSAY_JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
for candidate in "$jdk" /usr/lib/jvm/*25*; do
    grep -qs '^JAVA_VERSION="25' "$candidate/release" && { jdk=$candidate; break; }
done
processor=$(find "$HOME/.m2" -name 'jmh-generator-annprocess-1.37.jar' | head -n 1)
for tokens in 2000 2040 2100; do
    "$jdk/bin/java" -cp "decide/target/test-classes:cli/target/app/*:$processor" dev.assay.decide.BenchmarkJar \
        "$work/$tokens.jar" "$tokens" || {
        echo "the benchmark jars cannot be made" >&2
        exit 1
    }
done

loop() { printf 'i=0; while [ $i -lt %d ]; do i=$((i+1)); done' "$1"; }
verdict() { sed -n '/"decides" : true/,/"verdict"/s/.*"verdict" : "\(.*\)",/\1/p' | head -n 1; }

# series NAME SECONDS TRUE(1=slower) ARGS…: how many were right, wrong, undecided, and the time.
series() {
    local name=$1 budget=$2 truth=$3
    shift 3
    local slower=0 faster=0 other=0 covered=0 known=0 started=$SECONDS
    for _ in $(seq "$comparisons"); do
        local json
        json=$(./assay ab "$@" --budget "${budget}s" --format json --quiet 2>/dev/null) || true
        case $(printf '%s' "$json" | verdict) in
            slower) slower=$((slower + 1)) ;;
            faster) faster=$((faster + 1)) ;;
            *) other=$((other + 1)) ;;
        esac
        local holds
        holds=$(printf '%s' "$json" | awk -v truth="$truth" '
            /"decides" : true/ { on = 1 } on && /"low" :/ { gsub(/[^0-9.eE-]/, "", $3); low = $3 }
            on && /"high" :/ { gsub(/[^0-9.eE-]/, "", $3); high = $3; if (low != "" && high != "") print (low <= truth && truth <= high); exit }')
        if [ -n "$holds" ]; then known=$((known + 1)); covered=$((covered + holds)); fi
    done
    echo "| $name | $comparisons | $slower | $faster | $other | $covered of $known | $(((SECONDS - started) / comparisons)) s |"
}

columns() {
    echo
    echo "| what | comparisons | slower | faster | neither | interval holds the truth | time each |"
    echo "|---|--:|--:|--:|--:|--:|--:|"
}

echo "### A/A: every difference is a false alarm"
columns
series "commands, quiet" "$quick" 1 --a "$(loop 60000)" --b "$(loop 60000)"
series "JMH jars, quiet" "$control" 1 --jmh "$work/2000.jar" "$work/2000.jar"
(while :; do i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done; sleep 0.3; done) &
neighbour=$!
series "commands, busy neighbour" "$quick" 1 --a "$(loop 60000)" --b "$(loop 60000)"
series "JMH jars, busy neighbour" "$control" 1 --jmh "$work/2000.jar" "$work/2000.jar"
kill "$neighbour" && wait "$neighbour" 2>/dev/null || true
neighbour=

echo
echo "### Injected: +5 % and +2 %, within $seconds s per pair (commands: $quick s)"
columns
series "commands +5 %" "$quick" 1.05 --a "$(loop 60000)" --b "$(loop 63000)"
series "commands +2 %" "$quick" 1.02 --a "$(loop 60000)" --b "$(loop 61200)"
series "JMH jars +5 %" "$seconds" 1.05 --jmh "$work/2000.jar" "$work/2100.jar"
series "JMH jars +2 %" "$seconds" 1.02 --jmh "$work/2000.jar" "$work/2040.jar"

# The means of all runs of each side, and whether they are 1 % apart: what a hand-written loop or a glance at hyperfine says.
said() { awk '{ if ($2 > $1 * 1.01) print "slower"; else if ($1 > $2 * 1.01) print "faster"; else print "neither" }'; }
tally() { sort | uniq -c | awk '{ printf "%s %s, ", $1, $2 }' | sed 's/, $//'; }

abba() {
    local rounds=$1 a=$2 b=$3 sums=(0 0) order=(0 1 1 0)
    for _ in $(seq "$rounds"); do
        for side in "${order[@]}"; do
            local from=$EPOCHREALTIME
            if [ "$side" = 0 ]; then sh -c "$a"; else sh -c "$b"; fi
            sums[side]=$((sums[side] + ${EPOCHREALTIME/./} - ${from/./}))
        done
    done
    echo "${sums[0]} ${sums[1]}" | said
}

echo
echo "### The same commands by other means, equal time, called different when 1 % apart"
echo
echo "| means | A/A | +5 % | +2 % |"
echo "|---|---|---|---|"
rounds=$((quick * 1000 / 4 / 30))
echo "| ABBA loop, $rounds rounds | $(for _ in $(seq "$comparisons"); do abba "$rounds" "$(loop 60000)" "$(loop 60000)"; done | tally) | $(
    for _ in $(seq "$comparisons"); do abba "$rounds" "$(loop 60000)" "$(loop 63000)"; done | tally) | $(
    for _ in $(seq "$comparisons"); do abba "$rounds" "$(loop 60000)" "$(loop 61200)"; done | tally) |"
if command -v hyperfine >/dev/null; then
    fine() {
        hyperfine --runs $((rounds * 2)) --warmup 1 --export-csv "$work/fine.csv" "$(loop 60000)" "$(loop "$1")" >/dev/null 2>&1
        tail -n 2 "$work/fine.csv" | awk -F, '{ n = NF - 6; printf "%s ", $(n) } END { print "" }' | said
    }
    echo "| hyperfine, $((rounds * 2)) runs each, means | $(for _ in $(seq "$comparisons"); do fine 60000; done | tally) | $(
        for _ in $(seq "$comparisons"); do fine 63000; done | tally) | $(for _ in $(seq "$comparisons"); do fine 61200; done | tally) |"
else
    echo "| hyperfine | not installed (apt install hyperfine) | | |"
fi
if [ "${JMH_DEFAULTS:-}" = 1 ]; then
    echo
    echo "### JMH with its defaults (no comparison is made; intervals of JMH at 99.9 %)"
    echo
    for tokens in 2000 2100; do
        started=$SECONDS
        line=$("$jdk/bin/java" -jar "$work/$tokens.jar" Work 2>/dev/null | grep '^Work.work')
        echo "- $tokens tokens: \`$line\`, $((SECONDS - started)) s"
    done
fi
