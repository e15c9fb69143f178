package dev.assay.decide;

import dev.assay.machine.Orphans;
import dev.assay.machine.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One start of a program, timed and accounted for.
 *
 * <p>
 * On Linux a small shell forks before the clock starts, names the fork and ends, so that the fork falls to this process,
 * which tells it to become the program, waits for it and gets the kernel's own account: user and system time, and the
 * peak of resident memory, of this program and the children that it waited for.
 *
 * <pre>
 *   shell forks, ends; clock starts ─► fork executes the program … program ends ─► wait4 returns: clock stops
 * </pre>
 *
 * What that cannot see: wall time holds about 1 ms of executing and of waking up; memory below the shell's own size
 * (about 2 MB) reads as that; the split of user and system time is the kernel's (exact in sum; where it counts by ticks, a
 * step is 1 to 10 ms). The program runs as a background job: it ignores SIGINT unless it asks for it. Elsewhere than on Linux
 * there is the wall time only.
 */
final class Launch {
    /**
     * $1 is a pipe to make, $2 to $4 are the program's input, output and errors, the rest its words. The fork waits for a line,
     * so that the program cannot end before its parent has: the shell would take its account.
     */
    private static final String SHEPHERD = """
            g=$1 i=$2 o=$3 e=$4; shift 4; mkfifo -m 600 "$g" || exit 1
            ( read -r go <"$g"; exec "$@" <"$i" >"$o" 2>"$e" ) >/dev/null 2>&1 &
            echo $!
            """;
    private static final AtomicLong LAUNCHES = new AtomicLong();
    private static final Path NOWHERE = Path.of("/dev/null");

    /** What to start, and how. */
    record Program(List<String> words, Map<String, String> environment, Path directory, Path input, Path out,
            Path err) {
        Program {
            words = List.copyOf(words);
            environment = Map.copyOf(environment);
        }

        static Program quiet(List<String> words, Path directory) {
            return new Program(words, Map.of(), directory, NOWHERE, NOWHERE, NOWHERE);
        }
    }

    /** How it ended. */
    sealed interface End {
        /** @param usage empty where this system does not tell */
        record Exited(long pid, int exit, Duration wall, Optional<Usage> usage) implements End {}

        /** It did not end within the limit and was ended. */
        record Overran(long pid) implements End {}

        record Refused(String reason) implements End {}
    }

    /** What lets a program that stands ready go. */
    private interface Gate {
        /** When it was let go, by the steady clock. */
        long open() throws IOException;
    }

    private record Account(int exit, long endNanos, Optional<Usage> usage) {}

    private final Program program;
    private volatile boolean ended;
    private volatile Optional<ProcessHandle> running = Optional.empty();

    Launch(Program program) {
        this.program = program;
    }

    /** Ends it and its children at once, or keeps it from starting; {@link #run} then returns. From any thread. */
    void end() {
        ended = true;
        running.ifPresent(Launch::kill);
    }

    private static void kill(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    End run(Duration limit) {
        try {
            return Orphans.adopt() ? shepherded(limit) : plain(limit);
        } catch (IOException e) {
            return new End.Refused(e.getMessage());
        } catch (InterruptedException e) {
            running.ifPresent(Launch::kill);
            Thread.currentThread().interrupt();
            return new End.Refused("interrupted");
        }
    }

    private End shepherded(Duration limit) throws IOException, InterruptedException {
        Path gate = Path.of(System.getProperty("java.io.tmpdir"),
                "assay-gate-" + ProcessHandle.current().pid() + "-" + LAUNCHES.incrementAndGet());
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", SHEPHERD, "assay", gate.toString(),
                program.input.toString(), program.out.toString(), program.err.toString()));
        words.addAll(program.words);
        Process shell = builder(words).redirectErrorStream(true).start();
        try (BufferedReader says = new BufferedReader(
                new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
            String line = says.readLine();
            shell.waitFor(); // the fork is ours only once its parent has gone
            if (line == null || !line.matches("\\d+")) {
                return new End.Refused(line == null ? "the shell said nothing" : line);
            }
            long pid = Long.parseLong(line);
            FutureTask<Account> account = new FutureTask<>(() -> {
                Optional<Orphans.Ended> orphan = Orphans.await(pid);
                long end = System.nanoTime();
                return new Account(orphan.map(Orphans.Ended::exitCode).orElse(-1), end,
                        orphan.map(Orphans.Ended::usage));
            });
            // Opened both ways, a pipe never blocks its opener, whatever has become of the reader.
            try (RandomAccessFile opened = new RandomAccessFile(gate.toFile(), "rw")) {
                return follow(pid, ProcessHandle.of(pid), account, limit, () -> {
                    long start = System.nanoTime();
                    opened.write('\n');
                    return start;
                });
            }
        } finally {
            Files.deleteIfExists(gate);
        }
    }

    private End plain(Duration limit) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = builder(program.words).redirectInput(program.input.toFile())
                .redirectOutput(program.out.toFile()).redirectError(program.err.toFile()).start();
        FutureTask<Account> account = new FutureTask<>(
                () -> new Account(process.waitFor(), System.nanoTime(), Optional.empty()));
        return follow(process.pid(), Optional.of(process.toHandle()), account, limit, () -> start);
    }

    private ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(program.directory.toFile());
        builder.environment().putAll(program.environment);
        return builder;
    }

    private End follow(long pid, Optional<ProcessHandle> process, FutureTask<Account> account,
            Duration limit, Gate gate) throws IOException, InterruptedException {
        running = process;
        if (ended) {
            process.ifPresent(Launch::kill);
        }
        Thread.ofPlatform().daemon().name("waits for " + pid).start(account);
        long start = gate.open();
        try {
            Account known = account.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (known.exit < 0) {
                return new End.Refused("process " + pid + " was waited for by someone else");
            }
            return new End.Exited(pid, known.exit, Duration.ofNanos(known.endNanos - start), known.usage);
        } catch (TimeoutException e) {
            process.ifPresent(Launch::kill);
            return new End.Overran(pid);
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + pid + " failed", e.getCause());
        } finally {
            running = Optional.empty();
        }
    }
}
