package dev.assay.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.lab.Archive;
import dev.assay.lab.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HistoryTest {
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private static void fill(History history) {
        for (int i = 0; i < 10; i++) {
            history.add(Runs.of("run-" + i, DAY.plusSeconds(86_400L * i), "p", "memory.latency", Runs.TIME,
                    i < 5 ? 10 : 12, 20, i));
        }
        history.add(Runs.of("run-3", DAY.plusSeconds(86_400L * 3), "p", "memory.latency", Runs.TIME, 10, 20, 3));
    }

    private static void checked(History history) {
        fill(history);
        assertThat(history.entries("memory.latency", Optional.of("two"))).hasSize(10);
        Drift drift = Drift.of(history,
                new Drift.Query("memory.latency", Optional.empty(), Optional.empty(), Optional.of(5)), 0.15, 1);
        assertThat(drift.alarm()).isTrue();
        assertThat(drift.changes()).extracting(c -> c.at().run()).containsExactly("run-5");
        assertThat(drift.unit()).isEqualTo("ns");
    }

    private String sqlite() {
        return "jdbc:sqlite:" + folder.resolve("deep/index.db");
    }

    @Test
    void sqliteHoldsTheFiguresAndARunReplacesItself() {
        try (History history = History.open(sqlite())) {
            checked(history);
        }
        try (History again = History.open(sqlite())) {
            assertThat(again.entries("memory.latency", Optional.empty())).hasSize(10);
        }
    }

    @Test
    void itIsRebuiltFromTheRunsAndSaysWhatItCannotRead() throws Exception {
        RunStore store = new RunStore(folder.resolve("runs"));
        Archive.save(Runs.of("good", DAY, "p", "memory.latency", Runs.TIME, 10, 20, 1), store.create("good"));
        Files.writeString(store.create("cut").resolve(Archive.FILE), "{\"schema\":");
        try (History history = History.open(sqlite())) {
            fill(history);
            History.Rebuilt rebuilt = history.rebuild(store);
            assertThat(rebuilt.runs()).isEqualTo(1);
            assertThat(rebuilt.unread()).singleElement().asString().contains("not whole JSON");
            assertThat(history.entries("memory.latency", Optional.empty())).hasSize(1);
        }
    }

    @Test
    void anOlderSchemaIsMigratedAndANewerOneIsRefused() throws Exception {
        Files.createDirectories(folder.resolve("deep"));
        try (var connection = DriverManager.getConnection(sqlite()); var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY)");
            statement.execute("INSERT INTO schema_version VALUES (1)");
            String first = new String(History.class.getResourceAsStream("history/V1.sql").readAllBytes());
            for (String one : first.split(";")) {
                if (!one.isBlank()) {
                    statement.execute(one);
                }
            }
        }
        try (History history = History.open(sqlite())) {
            checked(history);
        }
        try (var connection = DriverManager.getConnection(sqlite()); var statement = connection.createStatement()) {
            statement.execute("INSERT INTO schema_version VALUES (99)");
        }
        assertThatThrownBy(() -> History.open(sqlite())).isInstanceOf(DecideException.class)
                .hasMessageContaining("version 99").hasMessageContaining("update Assay");
    }

    @Test
    void aStoreThatCannotBeReachedIsASentence() {
        assertThatThrownBy(() -> History.open("mysql://x")).hasMessageContaining("jdbc:sqlite:FILE");
        assertThatThrownBy(() -> History.open("jdbc:postgresql://127.0.0.1:9/none?user=x&password=secret"))
                .isInstanceOf(DecideException.class).hasMessageContaining("cannot be opened")
                .hasMessageNotContaining("secret");
    }

    @Test
    void postgresqlHoldsTheSame() throws Exception {
        Optional<Path> server;
        try (Stream<Path> versions = Files.isDirectory(Path.of("/usr/lib/postgresql"))
                ? Files.list(Path.of("/usr/lib/postgresql"))
                : Stream.empty()) {
            server = versions.map(v -> v.resolve("bin")).filter(b -> Files.isExecutable(b.resolve("initdb")))
                    .findFirst();
        }
        assumeTrue(server.isPresent(), "no PostgreSQL server is installed (apt install postgresql)");
        boolean root = "root".equals(System.getProperty("user.name"));
        Path data = Files.createTempDirectory("assay-postgres-");
        int port;
        try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        if (root) {
            assumeTrue(run("chown", "nobody", data.toString()) == 0, "the server does not run as root");
        }
        String as = root ? "setpriv --reuid=nobody --regid=nogroup --clear-groups " : "";
        String bin = server.get().toString();
        assumeTrue(run("/bin/sh", "-c", as + bin + "/initdb -D " + data + "/db -U assay -A trust >/dev/null") == 0,
                "initdb failed here");
        assertThat(run("/bin/sh", "-c", as + bin + "/pg_ctl -D " + data + "/db -w -o '-p " + port
                + " -k " + data + " -c listen_addresses=127.0.0.1' -l " + data + "/log start >/dev/null")).isZero();
        try (History history = History.open("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=assay")) {
            checked(history);
        } finally {
            run("/bin/sh", "-c", as + bin + "/pg_ctl -D " + data + "/db -m immediate stop >/dev/null");
            run("rm", "-r", data.toString());
        }
    }

    private static int run(String... words) throws Exception {
        Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor();
    }
}
