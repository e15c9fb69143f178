cd /work/wt/bpf
J=/usr/lib/jvm/temurin-25-jdk-amd64/bin/java
app=$PWD/cli/target/app
base="$J -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions --enable-native-access=ALL-UNNAMED -Dassay.home=$PWD -XX:AOTCache=$app/bpf.aot -Xlog:disable -Xmn64m -Xms80m -XX:+UseTransparentHugePages -cp $app/assay-bpf-0.1.0-SNAPSHOT.jar:$app/assay-cli-0.1.0-SNAPSHOT.jar"
hyperfine -N --warmup 3 --runs 20 --export-csv /tmp/b/m1.csv \
 "./assay bpf types --format c" \
 "$base dev.assay.cli.Assay bpf types --format c" \
 "bpftool btf dump file /sys/kernel/btf/vmlinux format c" \
 "$J -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -cp /tmp/b Hello" \
 "$J -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xshare:auto -cp /tmp/b Hello" \
 "dash -c true" 2>&1 | grep -v '^$'
