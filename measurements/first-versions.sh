#!/bin/sh
# Writes the table of first versions that the scan answers from when no repository is asked:
#   REPOSITORY=URL measurements/first-versions.sh > scan/src/main/resources/dev/assay/scan/first-versions.tsv
# For every artifact below and every target, the first release whose jar holds native code for it, by the headers in the
# jar; the jar's SHA-256 stands in the row. Reads some 200 jars from the repository that is named, and keeps none.
set -eu
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
repository=${REPOSITORY:?set REPOSITORY to the address of a Maven repository that the artifacts can be fetched from}
printf '# First version with native code for the target, by the headers in the published jar, found by halving; read %s.\n' "$(date -u +%Y-%m-%d)"
printf '# artifact\ttarget\tfirst version, or never\tclassifier of the jar, or the newest version where never\tsha256 of the jar\n'
while read -r artifact; do
    "$home/assay" scan --first-version "$artifact" --repository "$repository" || echo "not read: $artifact" >&2
done <<'ARTIFACTS'
org.xerial.snappy:snappy-java
org.lz4:lz4-java
net.jpountz.lz4:lz4
com.github.luben:zstd-jni
net.java.dev.jna:jna
org.fusesource.jansi:jansi
org.fusesource.leveldbjni:leveldbjni-all
com.github.jnr:jffi:native
org.xerial:sqlite-jdbc
org.conscrypt:conscrypt-openjdk-uber
org.apache.commons:commons-crypto
com.kohlschutter.junixsocket:junixsocket-native-common
io.netty:netty-tcnative-boringssl-static
io.netty:netty-transport-native-epoll
io.netty:netty-transport-native-kqueue
io.netty:netty-resolver-dns-native-macos
org.jline:jline-native
com.fazecast:jSerialComm
com.goterl:lazysodium-java
io.grpc:grpc-netty-shaded
org.apache.arrow:arrow-c-data
tools.profiler:async-profiler
org.rocksdb:rocksdbjni
ARTIFACTS
