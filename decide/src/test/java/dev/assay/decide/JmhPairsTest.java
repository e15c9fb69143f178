package dev.assay.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.lab.Metric;
import dev.assay.lab.Observation;
import dev.assay.lab.Point;
import dev.assay.lab.Subject;
import dev.assay.lab.Trial.Outcome;
import dev.assay.machine.Machine;
import dev.assay.machine.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(120)
class JmhPairsTest {
    @TempDir
    static Path folder;
    static Path old;
    static Path recent;
    static JmhHost host;

    @BeforeAll
    static void build() throws IOException {
        old = BenchmarkJar.of(folder.resolve("old.jar"), BenchmarkJar.benchmarks("Many", """
                @Param({"1", "2"}) int size;
                @Benchmark @BenchmarkMode({Mode.AverageTime, Mode.Throughput}) @Threads(2)
                public int both() { return size; }
                @Benchmark @BenchmarkMode(Mode.AverageTime) public int gone() { return 1; }
                """));
        recent = BenchmarkJar.of(folder.resolve("new.jar"), BenchmarkJar.benchmarks("Many", """
                @Param({"2", "3"}) int size;
                @Benchmark @BenchmarkMode({Mode.AverageTime, Mode.Throughput}) @OutputTimeUnit(TimeUnit.MILLISECONDS)
                public int both() { return size; }
                @Benchmark @BenchmarkMode(Mode.SampleTime) public int sampled() { return 1; }
                @Benchmark @BenchmarkMode(Mode.SingleShotTime) public int once() { return 1; }
                @Benchmark @BenchmarkMode(Mode.AverageTime) public int fails() { throw new IllegalStateException("boom"); }
                @Benchmark @BenchmarkMode(Mode.AverageTime)
                @Fork(jvmArgs = {"-Dmark=annotated", "-Dspaced=two words"}, jvmArgsAppend = "-Dmore=appended")
                public int marked() {
                    if (!"annotated".equals(System.getProperty("mark")) || !"appended".equals(System.getProperty("more"))
                            || System.getProperty("added") == null || !"two words".equals(System.getProperty("spaced"))) throw new IllegalStateException("options lost");
                    return 1;
                }
                @Benchmark @BenchmarkMode(Mode.AverageTime) public int hangs() throws InterruptedException {
                    Thread.sleep(100_000); return 1;
                }
                @Benchmark @BenchmarkMode(Mode.AverageTime) public int dies() { Runtime.getRuntime().halt(7); return 1; }
                """));
        host = new JmhHost(Platform.current().java(), recent);
    }

    @AfterAll
    static void end() {
        host.close();
    }

    private static JmhPairs.Side side(Path jar, String... options) {
        return new JmhPairs.Side(jar, Platform.current().java(), List.of(options));
    }

    private static Outcome run(String title, String... options) throws IOException {
        JmhBenchmark benchmark = JmhJar.read(recent, "").benchmarks().get(title);
        return run(host, benchmark, Duration.ofSeconds(60), options).outcome();
    }

    private static Subject.Ended run(JmhHost host, JmhBenchmark benchmark, Duration limit, String... options)
            throws IOException {
        Subject subject = new JmhSubject(host, benchmark, List.of(options), new TrialLength(Duration.ofMillis(80)));
        Path desk = Files.createTempDirectory(folder, "desk");
        return subject.attempt(new Subject.Task(desk, 1, Duration.ofMillis(80), limit, limit)).run();
    }

    private static Observation observed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Measured.class);
        return ((Outcome.Measured) outcome).observation();
    }

    @Test
    void benchmarksPairByNameModeAndParameters() {
        JmhPairs pairs = JmhPairs.of(side(old), side(recent), "", Duration.ofMillis(800));
        assertThat(pairs.shared()).extracting(Pair::name).containsExactly("sample.Many.both (size=2) [avgt]",
                "sample.Many.both (size=2) [thrpt]");
        assertThat(pairs.shared()).extracting(p -> p.metric().better()).containsExactly(Metric.Better.LOWER,
                Metric.Better.HIGHER);
        assertThat(pairs.onlyA()).contains("sample.Many.gone (size=1) [avgt]", "sample.Many.both (size=1) [avgt]");
        assertThat(pairs.onlyB()).contains("sample.Many.once (size=2) [ss]", "sample.Many.both (size=3) [thrpt]");
    }

    private static String promise(String benchmark) {
        return """
                - id: both.fast
                  says: it does not become slower
                  ab: { jmh-a: '%s', jmh-b: '%s', benchmark: '%s' }
                  expect: { ratio: { at-most: 1.05 } }
                """.formatted(old, recent, benchmark);
    }

    @Test
    void aClaimMayBeAboutABenchmarkOfTwoJars() {
        List<Claim> claims = ClaimFile.parse("my.yaml", promise("Many.both (size=2) [thrpt]"));
        try (Checker checker = new Checker(claims, List.of(), Machine.read())) {
            assertThat(checker.needed()).singleElement().satisfies(experiment -> {
                assertThat(experiment.card().id()).isEqualTo("ab.both-fast-1");
                assertThat(experiment.card().metric().better()).isEqualTo(Metric.Better.HIGHER);
            });
        }
        assertThatThrownBy(() -> ClaimFile.parse("my.yaml", promise("Many.both")))
                .hasMessageContaining("my.yaml:3: a claim is about one benchmark").hasMessageContaining("several of");
        assertThatThrownBy(() -> ClaimFile.parse("my.yaml", promise("Many.gone"))).hasMessageContaining("none of");
    }

    @Test
    void aPatternChoosesAsJmhDoes() {
        assertThat(JmhJar.read(old, "Many\\.go").benchmarks()).hasSize(2);
        assertThatThrownBy(() -> JmhPairs.of(side(old), side(recent), "nothing", Duration.ofSeconds(1)))
                .isInstanceOf(DecideException.class).hasMessageContaining("share no benchmark that fits 'nothing'");
        assertThatThrownBy(() -> JmhJar.read(old, "(")).hasMessageContaining("not a regular expression");
    }

    @Test
    void onlyJmhJarsAreTaken() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jar"), "not a jar");
        assertThatThrownBy(() -> JmhJar.read(text, "")).isInstanceOf(DecideException.class)
                .hasMessageContaining("is not a jar");
        assertThatThrownBy(() -> JmhJar.read(folder.resolve("absent.jar"), "")).hasMessageContaining("there is no jar");
        Path empty = folder.resolve("empty.jar");
        try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(empty))) {
            out.putNextEntry(new java.util.jar.JarEntry("x"));
        }
        assertThatThrownBy(() -> JmhJar.read(empty, "")).hasMessageContaining("is not a JMH jar");
    }

    @Test
    void aForkGivesItsIterationsInNanosecondsOrOperationsPerSecond() throws IOException {
        Observation average = observed(run("sample.Many.both (size=2) [avgt]"));
        Observation throughput = observed(run("sample.Many.both (size=2) [thrpt]"));
        assertThat(average.values().get(Point.NONE)).hasSize(16);
        double nanos = average.values().get(Point.NONE).getLast();
        double perSecond = throughput.values().get(Point.NONE).getLast();
        assertThat(nanos * perSecond / 1e9).as("the units agree, whatever the machine does").isBetween(1e-3, 1e3);
    }

    @Test
    void sampledAndSingleShotsAreRead() throws IOException {
        assertThat(observed(run("sample.Many.sampled (size=2) [sample]")).values().get(Point.NONE)).isNotEmpty();
        assertThat(observed(run("sample.Many.once (size=2) [ss]")).values().get(Point.NONE)).isNotEmpty();
    }

    @Test
    void jvmOptionsOfTheAnnotationAndOfTheUserBothReachTheFork() throws IOException {
        assertThat(run("sample.Many.marked (size=2) [avgt]", "-Dadded=yes")).isInstanceOf(Outcome.Measured.class);
    }

    @Test
    void aBenchmarkThatThrowsSaysWhat() throws IOException {
        assertThat(run("sample.Many.fails (size=2) [avgt]")).isInstanceOfSatisfying(Outcome.Crashed.class,
                crashed -> assertThat(crashed.lastLines().getLast()).contains("IllegalStateException: boom"));
    }

    @Test
    void oneHostConductsForkAfterForkAndEachIsAProcessOfItsOwn() throws IOException {
        JmhBenchmark benchmark = JmhJar.read(recent, "").benchmarks().get("sample.Many.both (size=2) [avgt]");
        long first = run(host, benchmark, Duration.ofSeconds(60)).pid();
        Duration before = host.processorTime();
        long second = run(host, benchmark, Duration.ofSeconds(60)).pid();
        assertThat(second).isEqualTo(first).isPositive();
        assertThat(host.processorTime()).as("its forks' time is known").isGreaterThan(before);
    }

    @Test
    void aForkThatHangsIsEndedAtItsLimitAndTheNextRuns() throws IOException {
        var benchmarks = JmhJar.read(recent, "").benchmarks();
        Subject.Ended hung = run(host, benchmarks.get("sample.Many.hangs (size=2) [avgt]"), Duration.ofSeconds(2));
        assertThat(hung.outcome()).isInstanceOf(Outcome.Overran.class);
        assertThat(run("sample.Many.both (size=2) [avgt]")).isInstanceOf(Outcome.Measured.class);
    }

    @Test
    void aForkThatEndsByItselfIsAFailureAndSaysItsCode() throws IOException {
        assertThat(run("sample.Many.dies (size=2) [avgt]")).isInstanceOfSatisfying(Outcome.Crashed.class,
                crashed -> assertThat(String.join(" ", crashed.lastLines())).contains("7"));
    }

    @Test
    void aJvmThatIsNoneIsRefusedAndNoTemporaryFolderStays() throws IOException {
        JmhBenchmark benchmark = JmhJar.read(recent, "").benchmarks().get("sample.Many.both (size=2) [avgt]");
        try (JmhHost none = new JmhHost(folder.resolve("no-java"), recent)) {
            assertThat(run(none, benchmark, Duration.ofSeconds(5)).outcome()).isInstanceOf(Outcome.Unstarted.class);
        }
    }

    @Test
    void anOlderJdkConductsItsForksToo() throws IOException {
        Path java = Path.of("/usr/lib/jvm/java-17-openjdk-amd64/bin/java");
        assumeTrue(Files.isExecutable(java), "no JDK 17 here");
        Path jar = BenchmarkJar.of(folder.resolve("jdk17.jar"), 17, BenchmarkJar.benchmarks("Version", """
                @Benchmark @BenchmarkMode(Mode.AverageTime) public int version() {
                    if (!System.getProperty("java.version").startsWith("17")) throw new IllegalStateException("not 17");
                    return 1;
                }
                """));
        try (JmhHost old = new JmhHost(java, jar)) {
            JmhBenchmark benchmark = JmhJar.read(jar, "").benchmarks().get("sample.Version.version [avgt]");
            assertThat(run(old, benchmark, Duration.ofSeconds(60)).outcome()).isInstanceOf(Outcome.Measured.class);
        }
    }

    @Test
    void aForkThatDiesIsAFailure() throws IOException {
        assertThat(run("sample.Many.both (size=2) [avgt]", "-XX:NoSuchOption")).isInstanceOf(Outcome.Crashed.class);
    }
}
