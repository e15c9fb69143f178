package dev.assay.decide;

import dev.assay.machine.Orphans;
import dev.assay.machine.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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

/**
 * One start of a program, timed and accounted for.
 *
 * <p>
 * On Linux a small shell stands ready before the clock starts. Told to go, it forks the program, names its process and
 * ends, so that the program falls to this process, which waits for it and gets the kernel's own account: user and system
 * time, and the peak of resident memory, of this program and the children that it waited for.
 *
 * <pre>
 *   clock starts ─► shell forks, program executes … program ends ─► wait4 returns: clock stops
 * </pre>
 *
 * What that cannot see: wall time holds about 1 ms of the shell's fork and of waking up; memory below the shell's own size
 * (about 2 MB) reads as that; the split of user and system time is the kernel's (exact in sum; where it counts by ticks, a
 * step is 1 to 10 ms). The program runs as a background job: it ignores SIGINT unless it asks for it. Elsewhere than on Linux
 * there is the wall time only.
 */
final class Launch {
    /** $1 to $3 are the program's input, output and errors, the rest its words. */
    private static final String SHEPHERD = "i=$1 o=$2 e=$3; shift 3; read -r go || exit 1; \"$@\" <\"$i\" >\"$o\" 2>\"$e\" & echo $!";
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
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", SHEPHERD, "assay", program.input.toString(),
                program.out.toString(), program.err.toString()));
        words.addAll(program.words);
        Process shell = builder(words).redirectErrorStream(true).start();
        try (BufferedReader says = new BufferedReader(
                new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
            if (ended) {
                shell.destroyForcibly();
                return new End.Refused("interrupted");
            }
            long start = System.nanoTime();
            shell.getOutputStream().write('\n');
            shell.getOutputStream().close();
            String line = says.readLine();
            // It is ours only once its parent has gone.
            shell.waitFor();
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
            return follow(pid, ProcessHandle.of(pid), account, start, limit);
        }
    }

    private End plain(Duration limit) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = builder(program.words).redirectInput(program.input.toFile())
                .redirectOutput(program.out.toFile()).redirectError(program.err.toFile()).start();
        FutureTask<Account> account = new FutureTask<>(
                () -> new Account(process.waitFor(), System.nanoTime(), Optional.empty()));
        return follow(process.pid(), Optional.of(process.toHandle()), account, start, limit);
    }

    private ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(program.directory.toFile());
        builder.environment().putAll(program.environment);
        return builder;
    }

    private End follow(long pid, Optional<ProcessHandle> process, FutureTask<Account> account, long start,
            Duration limit) throws InterruptedException {
        running = process;
        if (ended) {
            process.ifPresent(Launch::kill);
        }
        Thread.ofPlatform().daemon().name("waits for " + pid).start(account);
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
