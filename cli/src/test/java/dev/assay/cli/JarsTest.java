package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** ab and gate over JMH jars, from their arguments to their exit codes, pages and what they leave behind. */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class JarsTest {
    @TempDir
    static Path jars;
    private static Path fast;
    private static Path slow;

    @TempDir
    Path folder;

    @BeforeAll
    static void build() throws Exception {
        Path classes = Path.of("..", "decide", "target", "test-classes").toAbsolutePath().normalize();
        assumeTrue(Files.isDirectory(classes), "the tests of decide, which make jars, are not compiled");
        URI made = classes.toUri();
        try (URLClassLoader loader = new URLClassLoader(new URL[]{made.toURL()})) {
            Class<?> maker = loader.loadClass("dev.assay.decide.BenchmarkJar");
            fast = jar(maker, "fast.jar", benchmarks("consumeCPU(2000)"));
            slow = jar(maker, "slow.jar", benchmarks("consumeCPU(6000)"));
        }
    }

    private static String benchmarks(String work) {
        return """
                package sample;
                import org.openjdk.jmh.annotations.*;
                import org.openjdk.jmh.infra.Blackhole;
                @State(Scope.Benchmark) @BenchmarkMode(Mode.AverageTime)
                public class Work {
                    @Benchmark public void one() { Blackhole.%s; }
                    @Benchmark public void two() { Blackhole.%s; }
                    @Benchmark public void hangs() throws Exception { Thread.sleep(3_600_000); }
                    @Benchmark public void fails() { throw new IllegalStateException("boom"); }
                }
                """.formatted(work, work);
    }

    private static Path jar(Class<?> maker, String name, String source) throws ReflectiveOperationException {
        Method of = maker.getDeclaredMethod("of", Path.class, String.class);
        of.setAccessible(true);
        return (Path) of.invoke(null, jars.resolve(name), source);
    }

    private static Invocation gate(String pattern, String... more) {
        return Invocation.of(java.util.stream.Stream
                .of(new String[]{"gate", "--jmh", fast.toString(), slow.toString(), pattern, "--budget", "40s",
                    "--trial",
                    "80ms", "--quiet"}, more)
                .flatMap(java.util.Arrays::stream).toArray(String[]::new));
    }

    @Test
    void aGateOfJarsBlocksWhatIsSlowerBeyondItsLimit() throws IOException {
        Invocation blocked = gate("one", "--annotate", "github", "--format", "json", "-o", folder.toString());
        assertThat(blocked.exit()).as(blocked.out() + blocked.err()).isEqualTo(Exit.FINDING);
        int end = blocked.out().indexOf("::error");
        assertThat(end).isPositive();
        AbCommandTest.fits("gate.json", blocked.out().substring(0, end));
        assertThat(blocked.out()).contains("::error title=Assay%3A sample.Work.one");
        assertThat(Files.readString(folder.resolve("report.html"))).contains("assay gate --seed ", "B against A")
                .doesNotContain("assay run --budget");
    }

    @Test
    void whatCannotBeRunIsExitTwoAndNamed() {
        Invocation throwing = gate("fails");
        assertThat(throwing.exit()).isEqualTo(Exit.USAGE);
        assertThat(throwing.err()).contains("sample.Work.fails").contains("boom");
        assertThat(Invocation.of("gate", "--jmh", fast.toString()).exit()).isEqualTo(Exit.USAGE);
        assertThat(Invocation.of("gate", "--jmh", fast.toString(), slow.toString(), "--group", "a=b").err())
                .contains("not both");
        assertThat(Invocation.of("ab", "--jmh", Path.of("pom.xml").toString(), slow.toString()).err())
                .contains("is not a jar");
    }

    @Test
    void aForkThatHangsIsEndedSoonAfterTheBudget() {
        Invocation hangs = Invocation.of("ab", "--jmh", fast.toString(), fast.toString(), "hangs", "--budget", "2s",
                "--trial", "80ms", "--quiet");
        assertThat(hangs.exit()).as(hangs.err()).isEqualTo(Exit.USAGE);
        Matcher limit = Pattern.compile("did not\\s+end\\s+within\\s+([0-9.]+)\\s+s").matcher(hangs.out());
        assertThat(limit.find()).as(hangs.out()).isTrue();
        assertThat(Double.parseDouble(limit.group(1))).as("2 s of budget and 2 s of grace").isBetween(2.0, 4.0);
        assertThat(hangs.out()).containsPattern("raise\\s+--budget");
    }

    @Test
    void severalBenchmarksAreCorrectedAndThePageSaysSo() throws IOException {
        Invocation both = Invocation.of("ab", "--jmh", fast.toString(), slow.toString(), "one|two", "--budget", "60s",
                "--trial",
                "80ms", "--format", "json", "--quiet", "-o", folder.toString());
        assertThat(both.exit()).as(both.err()).isEqualTo(Exit.FINDING);
        AbCommandTest.fits("comparison.json", both.out());
        assertThat(both.out()).contains("\"falseDiscoveryRate\" : 0.05,");
        assertThat(Files.readString(folder.resolve("report.html"))).contains("corrected for 2 comparisons",
                "assay ab --seed ", "e-BH");
    }

    @Test
    void interruptedItReportsWhatItHasAndLeavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<ProcessHandle> children;
        try (Program program = Program.start(folder, List.of(),
                Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary), "ab", "--jmh", fast.toString(),
                fast.toString(), "one", "--budget", "5m", "--threshold", "0.0001")) {
            program.awaitLine("block 1 ");
            children = program.handle().descendants().toList();
            program.interrupt();
            assertThat(program.await()).isEqualTo(130);
        }
        assertThat(children).isNotEmpty();
        for (ProcessHandle child : children) {
            child.onExit().join();
        }
        try (var left = Files.list(temporary)) {
            assertThat(left.map(Path::getFileName).map(Path::toString).filter(n -> !n.equals("assay.lock"))).isEmpty();
        }
        try (var runs = Files.list(folder.resolve("assay/runs"))) {
            Path run = runs.toList().getFirst();
            AbCommandTest.fits("comparison.json", Files.readString(run.resolve("comparison.json")));
        }
    }
}
