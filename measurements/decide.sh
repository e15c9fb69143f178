#!/usr/bin/env bash
# Measures what `assay ab` promises, in pieces that fit into a quiet quarter of an hour; each prints its Markdown table.
#
#   measurements/decide.sh PIECE [COMPARISONS] [SECONDS]
#
#   aa-commands, aa-jmh                A/A: every difference is a false alarm           (default 50 comparisons of 4 s, 20 s at most)
#   aa-commands-busy, aa-jmh-busy      the same with a neighbour that takes most of a processor
#   injected-commands, injected-jmh    +5 % and +2 %, so many of each                   (default 20 of 5 s, 60 s at most)
#   injected-commands-5, injected-jmh-2, … one of the two
#   peers                              the commands' A/A, +5 % and +2 % by an ABBA loop of SECONDS and by hyperfine (20 times 5 s)
#   many                               two jars of 200 benchmarks: the whole command less what it measured (once, SECONDS of budget, default 15)
#   jmh-defaults-a, jmh-defaults-b     one jar, or the one that is 5 % slower, by JMH's defaults (500 s each; no further arguments)
#   table                              adds up all pieces that were run so far
#
# Every comparison is kept as a line of decide/target/measurements/decide.tsv (DECIDE_LOG names another file), which `table` reads; LIMIT=540
# begins no comparison after so many seconds. The truth: that of a slowed command is the share of its rounds, though starting the
# shell (1 ms of 25) dilutes it a little. Needs jq; hyperfine for its part of peers.
set -euo pipefail
cd "$(dirname "$0")/.."
piece=${1:?name a piece: aa-commands, aa-jmh, injected-commands, injected-jmh, peers, jmh-defaults-a, table; see the head of $0}
kept=$PWD/decide/target/measurements
log=${DECIDE_LOG:-$kept/decide.tsv}
limit=${LIMIT:-1000000}
work=$(mktemp -d)
neighbour=
trap '[ -n "$neighbour" ] && kill "$neighbour" 2>/dev/null; rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data
mkdir -p "$kept" "$(dirname "$log")"

jdk=${ASSAY_JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
for candidate in "$jdk" /usr/lib/jvm/*25*; do
    grep -qs '^JAVA_VERSION="25' "$candidate/release" && { jdk=$candidate; break; }
done

# Three benchmarks of the same name, of 2000 tokens and 2 and 5 % more; made once.
jars() {
    [ -e "$kept/2100.jar" ] && return
    [ -d decide/target/test-classes ] || mvn -o -q -B -pl decide -am test-compile
    local processor tokens
    processor=$(find "$HOME/.m2" -name 'jmh-generator-annprocess-1.37.jar' | head -n 1)
    for tokens in 2000 2040 2100; do
        "$jdk/bin/java" -cp "decide/target/test-classes:cli/target/app/*:$processor" dev.assay.decide.BenchmarkJar \
            "$kept/$tokens.jar" "$tokens" || { echo "the benchmark jars cannot be made" >&2; exit 1; }
    done
}

loop() { printf 'i=0; while [ $i -lt %d ]; do i=$((i+1)); done' "$1"; }
now() { printf '%s' "${EPOCHREALTIME/[.,]/}"; }

# The means of all runs of each side, and whether they are 1 % apart: what a hand-written loop or a glance at hyperfine says.
said() { awk '{ if ($2 > $1 * 1.01) print "slower"; else if ($1 > $2 * 1.01) print "faster"; else print "neither" }'; }

# keep KIND TRUTH VERDICT LOW HIGH BLOCKS MICROSECONDS
keep() { printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>"$log"; printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>"$work/now.tsv"; }

# series KIND COMPARISONS SECONDS TRUTH ARGS…
series() {
    local kind=$1 comparisons=$2 budget=$3 truth=$4 json from took
    shift 4
    for _ in $(seq "$comparisons"); do
        [ "$SECONDS" -lt "$limit" ] || break
        from=$(now)
        json=$(./assay ab "$@" --budget "${budget}s" --format json --quiet 2>/dev/null) || true
        took=$(($(now) - from))
        keep "$kind" "$truth" $(printf '%s' "$json" | jq -r '[.results[] | select(.decides)][0]
            | "\(.verdict) \(.effect.low) \(.effect.high) \(.blocks)"' 2>/dev/null || echo "none null null 0") "$took"
    done
}

table() {
    echo
    echo "| what | comparisons | slower | faster | neither | interval holds the truth | blocks, median | time: median | 90 % | longest |"
    echo "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    sort -t "$(printf '\t')" -k1,1 -k7,7n "$1" | awk -F '\t' '
        function row(   i, j, swap) {
            if (!n) return
            for (i = 2; i <= n; i++) for (j = i; j > 1 && blocks[j] < blocks[j - 1]; j--) { swap = blocks[j]; blocks[j] = blocks[j - 1]; blocks[j - 1] = swap }
            printf "| %s | %d | %d | %d | %d | %s | %d | %.1f s | %.1f s | %.1f s |\n", kind, n, slower, faster, n - slower - faster,
                known ? covered " of " known : "", blocks[int((n + 1) / 2)], time[int((n + 1) / 2)], time[int(n * 0.9 + 0.999)], time[n]
        }
        $1 != kind { row(); kind = $1; n = slower = faster = covered = known = 0 }
        { n++; time[n] = $7 / 1e6; blocks[n] = $6 + 0; if ($3 == "slower") slower++; if ($3 == "faster") faster++
          if ($4 != "null" && $5 != "null") { known++; if ($4 <= $2 && $2 <= $5) covered++ } }
        END { row() }'
}

# The rest of a processor is left free: a neighbour, not a denial of service.
busy() {
    (while :; do i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done; sleep 0.3; done) &
    neighbour=$!
}

# Rounds until the time is up; their number is left for hyperfine.
abba() {
    local end=$(($(now) + $1 * 1000000)) a=$2 b=$3 sums=(0 0) order=(0 1 1 0) rounds=0 from
    while [ "$(now)" -lt "$end" ]; do
        for side in "${order[@]}"; do
            from=$(now)
            if [ "$side" = 0 ]; then sh -c "$a"; else sh -c "$b"; fi
            sums[side]=$((sums[side] + $(now) - from))
        done
        rounds=$((rounds + 1))
    done
    echo "$rounds" >"$work/rounds"
    echo "${sums[0]} ${sums[1]}" | said
}

# As many runs of each as the loop before had.
fine() {
    hyperfine -N --runs $(($(cat "$work/rounds") * 2)) --warmup 1 --export-json "$work/fine.json" "sh -c '$1'" "sh -c '$2'" >/dev/null 2>&1
    jq -r '[.results[].mean] | "\(.[0]) \(.[1])"' "$work/fine.json" | said
}

# peer KIND TRUTH WORDS…: one verdict by other means
peer() {
    local kind=$1 truth=$2 from verdict
    shift 2
    [ "$SECONDS" -lt "$limit" ] || return 0
    from=$(now)
    verdict=$("$@")
    keep "$kind" "$truth" "$verdict" null null 0 $(($(now) - from))
}

peers() {
    local by
    for _ in $(seq "$1"); do
        for by in 60000:1:A/A 63000:1.05:"+5 %" 61200:1.02:"+2 %"; do
            IFS=: read -r loops truth name <<<"$by"
            peer "commands $name, ABBA loop of $2 s" "$truth" abba "$2" "$(loop 60000)" "$(loop "$loops")"
            if command -v hyperfine >/dev/null; then
                peer "commands $name, hyperfine, as many runs" "$truth" fine "$(loop 60000)" "$(loop "$loops")"
            fi
        done
    done
    command -v hyperfine >/dev/null || echo "hyperfine is not installed (apt install hyperfine)"
}

defaults() {
    local from=$SECONDS line
    line=$("$jdk/bin/java" -jar "$kept/$1.jar" Work 2>/dev/null | grep '^Work.work') || true
    echo "- JMH's defaults, $1 tokens: \`$line\` (its interval is at 99.9 %), $((SECONDS - from)) s"
}

# Planning, reading the machine, the report: all of the command that is not the session's own time.
many() {
    local processor from whole
    processor=$(find "$HOME/.m2" -name 'jmh-generator-annprocess-1.37.jar' | head -n 1)
    [ -e "$kept/many.jar" ] || "$jdk/bin/java" -cp "decide/target/test-classes:cli/target/app/*:$processor" dev.assay.decide.BenchmarkJar \
        "$kept/many.jar" 2000 200
    cp "$kept/many.jar" "$work/other.jar"
    from=$(now)
    ./assay ab --jmh "$kept/many.jar" "$work/other.jar" --budget "$1s" --trial 100ms --format json --quiet -o "$work/out" >"$work/many.json" || true
    whole=$(($(now) - from))
    jq -r --argjson whole "$whole" '"- two jars of 200: \($whole / 1e6) s in all, \(.seconds) s of them the session; \([.results[] | select(.decides)] | length) compared, \(.unreached | length) not reached"' \
        "$work/many.json"
}

[ "$piece" = table ] || ./assay --version >/dev/null
case $piece in
    aa-commands*) n=${2:-50} s=${3:-4} ;;
    aa-jmh*) n=${2:-50} s=${3:-20} ;;
    injected-commands*) n=${2:-20} s=${3:-5} ;;
    injected-jmh*) n=${2:-20} s=${3:-60} ;;
    *) n=${2:-20} s=${3:-5} ;;
esac
case $piece in *jmh*) jars ;; esac
commands=(--a "$(loop 60000)" --b)
case $piece in
    aa-commands) series "commands A/A, $s s" "$n" "$s" 1 "${commands[@]}" "$(loop 60000)" ;;
    aa-jmh) series "JMH A/A, $s s" "$n" "$s" 1 --jmh "$kept/2000.jar" "$kept/2000.jar" ;;
    aa-commands-busy) busy; series "commands A/A beside a neighbour, $s s" "$n" "$s" 1 "${commands[@]}" "$(loop 60000)" ;;
    aa-jmh-busy) busy; series "JMH A/A beside a neighbour, $s s" "$n" "$s" 1 --jmh "$kept/2000.jar" "$kept/2000.jar" ;;
    injected-commands-5) series "commands +5 %, $s s" "$n" "$s" 1.05 "${commands[@]}" "$(loop 63000)" ;;
    injected-commands-2) series "commands +2 %, $s s" "$n" "$s" 1.02 "${commands[@]}" "$(loop 61200)" ;;
    injected-commands)
        series "commands +5 %, $s s" "$n" "$s" 1.05 "${commands[@]}" "$(loop 63000)"
        series "commands +2 %, $s s" "$n" "$s" 1.02 "${commands[@]}" "$(loop 61200)" ;;
    injected-jmh-5) series "JMH +5 %, $s s" "$n" "$s" 1.05 --jmh "$kept/2000.jar" "$kept/2100.jar" ;;
    injected-jmh-2) series "JMH +2 %, $s s" "$n" "$s" 1.02 --jmh "$kept/2000.jar" "$kept/2040.jar" ;;
    injected-jmh)
        series "JMH +5 %, $s s" "$n" "$s" 1.05 --jmh "$kept/2000.jar" "$kept/2100.jar"
        series "JMH +2 %, $s s" "$n" "$s" 1.02 --jmh "$kept/2000.jar" "$kept/2040.jar" ;;
    peers) peers "$n" "$s" ;;
    many) many "${3:-15}"; exit ;;
    jmh-defaults-a) defaults 2000; exit ;;
    jmh-defaults-b) defaults 2100; exit ;;
    table) [ -e "$log" ] || { echo "no piece has been run yet: there is no $log" >&2; exit 2; }; table "$log"; exit ;;
    *) echo "there is no piece '$piece'; see the head of $0" >&2; exit 2 ;;
esac
[ -e "$work/now.tsv" ] || { echo "nothing was compared" >&2; exit 1; }
table "$work/now.tsv"
