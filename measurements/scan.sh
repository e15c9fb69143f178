#!/bin/sh
# Repeats the figures of docs/measurements.md, section scan. From the checkout root; less than eight minutes and, the first
# time, fetching some 70 public jars from REPOSITORY (kept in $JARS, default target/scan-jars).
# PORTING_ADVISOR and MIGRATE_EASE name checkouts of two known scanners for the comparison (see scan-peers.py).
# Needs curl, unzip, python3, readelf. Prints Markdown.
set -eu
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$home"
jars=${JARS:-$home/target/scan-jars}
mkdir -p "$jars"

fetch() { # group/path/artifact version [classifier]
    name=$(basename "$1")-$2${3:+-$3}.jar
    [ -s "$jars/$name" ] && return 0
    central=${REPOSITORY:?set REPOSITORY to the address of a Maven repository that the subjects can be fetched from}
    curl -sSf -m 300 -o "$jars/$name.part" "$central/$1/$2/$name" && mv "$jars/$name.part" "$jars/$name" ||
        echo "not fetched: $name" >&2
}
while read -r path version classifier; do
    [ -n "$path" ] && fetch "$path" "$version" "$classifier"
done <<'JARS'
org/xerial/sqlite-jdbc 3.8.11
org/xerial/sqlite-jdbc 3.49.1.0
net/java/dev/jna/jna 4.1.0
net/java/dev/jna/jna 5.17.0
org/xerial/snappy/snappy-java 1.0.5
org/xerial/snappy/snappy-java 1.1.10.7
com/github/luben/zstd-jni 1.5.7-2
net/jpountz/lz4/lz4 1.3.0
org/lz4/lz4-java 1.8.0
org/rocksdb/rocksdbjni 9.10.0
org/fusesource/leveldbjni/leveldbjni-all 1.8
org/fusesource/jansi/jansi 1.18
org/fusesource/jansi/jansi 2.4.1
com/github/jnr/jffi 1.3.13
com/github/jnr/jffi 1.3.13 native
org/conscrypt/conscrypt-openjdk-uber 2.5.2
com/aayushatharva/brotli4j/brotli4j 1.18.0
com/aayushatharva/brotli4j/native-linux-x86_64 1.18.0
com/aayushatharva/brotli4j/native-linux-aarch64 1.18.0
org/bytedeco/javacpp 1.5.11
org/bytedeco/javacpp 1.5.11 linux-x86_64
org/bytedeco/javacpp 1.5.11 linux-arm64
com/microsoft/onnxruntime/onnxruntime 1.20.0
io/netty/netty-tcnative-classes 2.0.65.Final
io/netty/netty-tcnative-boringssl-static 2.0.65.Final
io/netty/netty-tcnative-boringssl-static 2.0.65.Final linux-x86_64
io/netty/netty-tcnative-boringssl-static 2.0.65.Final linux-aarch_64
io/netty/netty-tcnative-boringssl-static 2.0.65.Final osx-aarch_64
io/netty/netty-transport-classes-epoll 4.1.115.Final
io/netty/netty-transport-native-epoll 4.1.115.Final linux-aarch_64
io/netty/netty-common 4.1.115.Final
io/netty/netty-buffer 4.1.115.Final
io/netty/netty-handler 4.1.115.Final
net/bytebuddy/byte-buddy-agent 1.15.10
org/jruby/jruby-complete 9.4.8.0
com/google/guava/guava 33.3.1-jre
org/apache/commons/commons-lang3 3.17.0
com/github/ben-manes/caffeine/caffeine 3.1.8
org/jctools/jctools-core 4.0.5
com/lmax/disruptor 4.0.0
org/agrona/agrona 1.23.1
org/apache/logging/log4j/log4j-core 2.24.1
ch/qos/logback/logback-core 1.5.12
com/zaxxer/HikariCP 6.0.0
org/apache/kafka/kafka-clients 3.8.0
com/h2database/h2 2.3.232
org/postgresql/postgresql 42.7.4
io/undertow/undertow-core 2.3.17.Final
org/eclipse/jetty/jetty-server 12.0.14
org/eclipse/jetty/jetty-util 12.0.14
io/vertx/vertx-core 4.5.10
io/projectreactor/reactor-core 3.7.0
io/reactivex/rxjava3/rxjava 3.1.9
io/lettuce/lettuce-core 6.5.0.RELEASE
redis/clients/jedis 5.2.0
com/rabbitmq/amqp-client 5.22.0
org/apache/zookeeper/zookeeper 3.9.3
org/apache/curator/curator-framework 5.7.1
com/hazelcast/hazelcast 5.5.0
org/mongodb/mongodb-driver-core 5.2.0
org/ehcache/ehcache 3.10.8
org/quartz-scheduler/quartz 2.3.2
org/jgroups/jgroups 5.4.0.Final
io/grpc/grpc-core 1.68.1
org/apache/httpcomponents/core5/httpcore5 5.3.1
org/glassfish/grizzly/grizzly-framework 4.0.2
org/apache/lucene/lucene-core 10.0.0
org/springframework/spring-core 6.2.0
org/springframework/spring-context 6.2.0
com/fasterxml/jackson/core/jackson-databind 2.18.1
JARS

./assay scan --rules >/dev/null # builds where needed
set -- "$jars"/*.jar
count=$#
bytes=$(cat "$@" | wc -c)
classes=0
for jar in "$@"; do
    classes=$((classes + $(unzip -Z1 "$jar" | grep -c '\.class$' || true)))
done
echo "Set: $count jars, $((bytes / 1000000)) MB, $classes classes; load $(cut -d' ' -f1 /proc/loadavg) before the first run."

seconds() { # command…: the median of five, wall clock, program start included
    for _ in 1 2 3 4 5; do
        start=$(date +%s%N)
        "$@" >/dev/null 2>&1 || true
        echo $((($(date +%s%N) - start) / 1000000))
    done | sort -n | sed -n 3p
}

./assay scan "$@" --target linux-aarch64 --only natives --no-cache -q --format json >target/scan-natives.json || true
echo
echo "### Agreement with header truth (readelf)"
python3 measurements/scan-oracle.py target/scan-natives.json "$@" || true

echo
echo "### Speed, two threads, median of five"
cold() { ./assay scan "$@" --no-cache -q --format json --threads 2; }
export XDG_CACHE_HOME="$home/target/scan-cache"
rm -rf "$XDG_CACHE_HOME"
natives=$(seconds cold "$@" --only natives)
./assay scan "$@" --only natives -q --format json --threads 2 >/dev/null || true # fills the cache
again=$(seconds ./assay scan "$@" --only natives -q --format json --threads 2)
hazards=$(seconds cold "$@" --only hazards)
echo "| what | ms | rate |"
echo "|---|---|---|"
echo "| natives, without cache | $natives | $((bytes / natives / 1000)) MB/s, $((count * 1000 / natives)) jars/s |"
echo "| natives, the same again, answers remembered | $again | $((bytes / again / 1000)) MB/s, $((count * 1000 / again)) jars/s |"
echo "| hazards, without cache | $hazards | $((classes * 60000 / hazards)) classes/min |"
if [ -d "$HOME/.m2/repository" ]; then
    stored=$(find "$HOME/.m2/repository" -name '*.jar' | wc -l)
    size=$(find "$HOME/.m2/repository" -name '*.jar' -printf '%s\n' | awk '{ sum += $1 } END { printf "%d", sum }')
    repository=$(seconds cold "$HOME/.m2/repository" --only natives)
    echo "| natives, local Maven repository of $stored jars, $((size / 1000000)) MB, without cache | $repository | $((size / repository / 1000)) MB/s, $((stored * 1000 / repository)) jars/s |"
fi

echo
echo "### Known scanners on the same jars, one run each"
# Those with native code, for one of the peers starts two programs for every jar.
python3 measurements/scan-peers.py $(ls "$jars"/*.jar | grep -E 'sqlite|jna|snappy|zstd|lz4|rocksdb|leveldb|jansi|jffi|conscrypt|brotli|native-linux|javacpp|tcnative|epoll|netty-common|byte-buddy|commons-lang|caffeine|jctools|HikariCP') 2>&1 || true

echo
echo "### A store by Spark: a master and two workers on this machine"
./assay scan "$jars" --only natives --spark cluster --workers 2 --parquet target/scan-tables -q 2>/dev/null || true

echo
echo "### Memory"
rss() { python3 - "$@" <<'PY'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, "MiB resident at most:", " ".join(sys.argv[1:])[:60])
PY
}
rss ./assay scan "$jars" --no-cache -q --format json

echo
echo "### Hazards by rule and confidence"
./assay scan "$@" --only hazards --no-cache -q --format json >target/scan-hazards.json || true
python3 - <<'PY'
import collections, json
found = json.load(open("target/scan-hazards.json"))["findings"]
table = collections.Counter((f["rule"], f["confidence"]) for f in found)
print("| rule | high | medium | low |\n|---|---|---|---|")
for rule in sorted({rule for rule, _ in table}):
    print(f"| {rule} | {table[rule, 'high']} | {table[rule, 'medium']} | {table[rule, 'low']} |")
PY
