#!/bin/sh
# Java litmus tests beside jcstress: the same accesses, what each saw, and what Assay's model of Java's access modes allows. From the
# checkout root; about eight minutes, Maven Central needed once. FOR is the time of each of our tests, TIME jcstress's per fork (ms).
# OURS and JCSTRESS name results that were taken before; JCSTRESS_ARGS adds arguments.
set -eu
home=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
java=${ASSAY_JAVA_HOME:-${JAVA_HOME:-/usr/lib/jvm/temurin-25-jdk-amd64}}/bin/java
names="SB SB+opaques SB+release-acquires SB+volatiles SB+fences MP MP+opaques MP+release-acquire MP+volatiles LB LB+opaques
 CoRR CoRR+opaques IRIW+volatiles Counter+plain Counter+getAndAdd Counter+cas"

ours=${OURS:-$work/ours.json}
if [ ! -s "$ours" ]; then
    start=$(date +%s.%N)
    # shellcheck disable=SC2086
    ./assay litmus java $names --for "${FOR:-3s}" --format json --quiet >"$ours"
    echo "Assay: $(echo "$start $(date +%s.%N)" | awk '{printf "%.0f", $2 - $1}') s, processes included"
fi

peer=${JCSTRESS:-$work/jcstress.log}
if [ ! -s "$peer" ]; then
    mvn -q -B -f measurements/jcstress/pom.xml package dependency:copy-dependencies -DincludeScope=runtime \
        -DoutputDirectory="$work/deps"
    start=$(date +%s.%N)
    # shellcheck disable=SC2086
    (cd "$work" && "$java" -cp "$home/measurements/jcstress/target/classes:deps/*" org.openjdk.jcstress.Main -m sanity \
        -iters 1 -time "${TIME:-100}" -f 1 -fsm 1 -strideSize 256 -strideCount 40 -v -r "$work/results" \
        -t 'measurements\.Classics\.' ${JCSTRESS_ARGS:-} >"$peer" 2>&1)
    echo "jcstress: $(echo "$start $(date +%s.%N)" | awk '{printf "%.0f", $2 - $1}') s, processes included"
fi

python3 - "$ours" "$peer" <<'PY'
import json, re, sys
ours = {t["name"]: t for t in json.load(open(sys.argv[1]))["tests"]}
theirs, name = {}, None
for line in open(sys.argv[2]):
    m = re.match(r"\.{3,} \[\w+\] dev\.assay\.measurements\.Classics\.(\S+)", line)
    if m:
        name = m.group(1)
    m = re.match(r"\s+(\d+(?:, \d+)*)\s+([\d,]+)\s+[<>\d.]+%\s+Interesting", line)
    if m and name:
        theirs.setdefault(name, {})[m.group(1)] = int(m.group(2).replace(",", ""))
print("| test | allowed | seen by Assay | instances | million/s | seen by jcstress | samples | forbidden seen |")
print("|---|---:|---:|---:|---:|---:|---:|---|")
bad = 0
for name, test in ours.items():
    values = lambda state: ", ".join(re.findall(r"=(-?\d+)", state))
    allowed = {values(o["state"]) for o in test["outcomes"] if o["model"] == "allowed"}
    seen = {values(o["state"]) for o in test["outcomes"] if o["count"]}
    peer = theirs.get(re.sub(r"[+-]", "_", name), {})
    forbidden = sorted((seen | set(peer)) - allowed)
    bad += bool(forbidden)
    only = [f"only Assay {s}" for s in sorted(seen - set(peer))] + [f"only jcstress {s}" for s in sorted(set(peer) - seen)]
    print(f"| {name} | {len(allowed)} | {len(seen)} | {test['instances']:,} | {test['instances'] / max(test['seconds'], 1e-9) / 1e6:.1f}"
          f" | {len(peer)} | {sum(peer.values()):,} | {'; '.join(forbidden) or 'none'}{' (' + '; '.join(only) + ')' if only else ''} |")
print(f"\n{len(ours)} tests, {bad} with an outcome that the model forbids")
sys.exit(bool(bad))
PY
