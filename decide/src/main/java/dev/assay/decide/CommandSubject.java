package dev.assay.decide;

import dev.assay.lab.Observation;
import dev.assay.lab.Point;
import dev.assay.lab.Subject;
import dev.assay.lab.Trial.Outcome;
import dev.assay.machine.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;

/** A user's command as a subject: one trial is one run of it. */
final class CommandSubject implements Subject {
    private static final Path NOWHERE = Path.of("/dev/null");
    private static final int LAST_LINES = 30;
    private static final long MOST_READ_BYTES = 4 << 20;
    private static final Observation NOTHING = new Observation(Map.of(), Map.of(), List.of(), List.of(), 0);
    /** What a teardown gets even when the time is up. */
    private static final Duration LEAST_LIMIT = Duration.ofMillis(500);

    private final String command;
    private final List<String> words;
    private final CommandSettings settings;
    private final AtomicReference<String> outputOfAll;
    private boolean warm;

    /** @param outputOfAll shared by both sides: what the first trial printed */
    CommandSubject(String command, CommandSettings settings, AtomicReference<String> outputOfAll) {
        this(command, CommandLineWords.of(command), settings, outputOfAll);
    }

    CommandSubject(String title, List<String> words, CommandSettings settings, AtomicReference<String> outputOfAll) {
        this.command = title;
        this.words = List.copyOf(words);
        this.settings = settings;
        this.outputOfAll = outputOfAll;
    }

    @Override
    public List<String> words() {
        return words;
    }

    @Override
    public Attempt attempt(Task task) {
        return new CommandAttempt(task);
    }

    private final class CommandAttempt implements Attempt {
        private final Task task;
        private final Path desk;
        private final long began = System.nanoTime();
        private volatile boolean ended;
        private volatile Optional<Launch> running = Optional.empty();

        CommandAttempt(Task task) {
            this.task = task;
            this.desk = task.desk();
        }

        @Override
        public void end() {
            ended = true;
            running.ifPresent(Launch::end);
        }

        /** For the next start: that of a command, or what the session has left for all that belongs to the trial. */
        private Duration limit() {
            Duration left = task.left().minusNanos(System.nanoTime() - began);
            Duration limit = settings.limit().compareTo(left) < 0 ? settings.limit() : left;
            return limit.compareTo(LEAST_LIMIT) < 0 ? LEAST_LIMIT : limit;
        }

        private Launch.End launch(Launch.Program program, Duration limit) {
            Launch launch = new Launch(program);
            running = Optional.of(launch);
            if (ended) {
                launch.end();
            }
            return launch.run(limit);
        }

        @Override
        public Ended run() {
            if (!warm) {
                warm = true;
                for (int i = 0; i < settings.warmups() && !ended; i++) {
                    Ended thrownAway = once(false);
                    if (!(thrownAway.outcome() instanceof Outcome.Measured)) {
                        return thrownAway; // a hang would take as long again
                    }
                }
            }
            return once(true);
        }

        /**
         * Setup, the command, teardown; the teardown whatever came of the command.
         *
         * @param counts whether exit code and output are looked at
         */
        private Ended once(boolean counts) {
            Optional<Outcome> failure = around(settings.setup(), "setup");
            if (failure.isPresent()) {
                return new Ended(0, Duration.ZERO, failure.get());
            }
            Duration limit = limit();
            Ended measured = ended(launch(program(), limit), limit, counts);
            return around(settings.teardown(), "teardown").filter(_ -> measured.outcome() instanceof Outcome.Measured)
                    .map(outcome -> new Ended(measured.pid(), measured.wall(), outcome)).orElse(measured);
        }

        private Launch.Program program() {
            boolean read = settings.sameOutput() || settings.measure() instanceof Measure.Printed;
            return new Launch.Program(words, settings.environment(), settings.directory(),
                    settings.input().orElse(NOWHERE), read ? desk.resolve("out") : NOWHERE, desk.resolve("err"));
        }

        private Optional<Outcome> around(Optional<String> shellCommand, String what) {
            if (shellCommand.isEmpty()) {
                return Optional.empty();
            }
            Path err = desk.resolve(what + ".err");
            Duration limit = limit();
            Launch.End end = launch(new Launch.Program(List.of("/bin/sh", "-c", shellCommand.get()),
                    settings.environment(), settings.directory(), NOWHERE, NOWHERE, err), limit);
            return switch (end) {
                case Launch.End.Exited(long _, int exit, Duration _, var _) when exit == 0 -> Optional.empty();
                case Launch.End.Exited(long _, int exit, Duration _, var _) -> {
                    List<String> lines = new ArrayList<>(List.of("the " + what + " command failed"));
                    lines.addAll(lastLines(err));
                    yield Optional.of(new Outcome.Crashed(exit, lines, Optional.empty()));
                }
                case Launch.End.Overran _ -> Optional.of(new Outcome.Overran(limit,
                        List.of("the " + what + " command did not end")));
                case Launch.End.Refused(String reason) -> Optional.of(new Outcome.Unstarted(what + ": " + reason));
            };
        }

        private Ended ended(Launch.End end, Duration limit, boolean counts) {
            return switch (end) {
                case Launch.End.Overran(long pid) ->
                    new Ended(pid, limit, new Outcome.Overran(limit, lastLines(err())));
                case Launch.End.Refused(String reason) -> new Ended(0, Duration.ZERO, new Outcome.Unstarted(reason));
                case Launch.End.Exited(long pid, int _, Duration wall, var _) when !counts ->
                    new Ended(pid, wall, new Outcome.Measured(NOTHING));
                case Launch.End.Exited(long pid, int exit, Duration wall, Optional<Usage> usage) ->
                    new Ended(pid, wall, exit == settings.expectedExit()
                            ? observed(wall, usage)
                            : new Outcome.Crashed(exit, lastLines(err()), Optional.empty()));
            };
        }

        private Path err() {
            return desk.resolve("err");
        }

        private Outcome observed(Duration wall, Optional<Usage> usage) {
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put(Measure.Account.WALL.figure(), seconds(wall));
            usage.ifPresent(u -> {
                figures.put(Measure.Account.CPU.figure(), seconds(u.processor()));
                figures.put(Measure.Account.USER.figure(), seconds(u.user()));
                figures.put(Measure.Account.SYSTEM.figure(), seconds(u.system()));
                figures.put(Measure.Account.MEMORY.figure(), (double) u.peakResidentBytes());
            });
            List<Observation.Check> checks = new ArrayList<>();
            if (settings.sameOutput()) {
                String digest = digest(desk.resolve("out"));
                outputOfAll.compareAndSet(null, digest);
                checks.add(new Observation.Check("it prints what the first trial printed",
                        digest.equals(outputOfAll.get())));
            }
            Optional<Double> value = switch (settings.measure()) {
                case Measure.Account account -> Optional.ofNullable(figures.get(account.figure()));
                case Measure.Printed printed -> printed(printed);
            };
            boolean usable = value.isPresent() && Double.isFinite(value.get()) && value.get() > 0;
            checks.add(new Observation.Check(settings.measure().metric().name() + " is a number above 0"
                    + value.map(v -> usable ? "" : " (it was " + v + ")")
                            .orElse(settings.measure() instanceof Measure.Printed(var _, var pattern)
                                    ? " (nothing in the output matches " + pattern + ")"
                                    : " (this system does not tell it)"),
                    usable));
            Observation observation = new Observation(
                    usable ? Map.of(Point.NONE, List.of(value.get())) : Map.of(), figures, checks, List.of(),
                    wall.toNanos());
            return checks.stream().filter(c -> !c.kept()).findFirst()
                    .<Outcome>map(c -> new Outcome.Broken(c.says(), observation))
                    .orElseGet(() -> new Outcome.Measured(observation));
        }

        private Optional<Double> printed(Measure.Printed printed) {
            Matcher matcher = printed.pattern().matcher(text(desk.resolve("out")));
            Optional<Double> last = Optional.empty();
            while (matcher.find()) {
                try {
                    last = Optional.of(Double.parseDouble(matcher.group(1)));
                } catch (NumberFormatException e) {
                    last = Optional.empty();
                }
            }
            return last;
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    static List<String> lastLines(Path file) {
        List<String> lines = text(file).lines().toList();
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }

    /** The end of a file, at most 4 MiB of it; nothing when there is no file. */
    private static String text(Path file) {
        if (!Files.exists(file)) {
            return "";
        }
        try (var channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - MOST_READ_BYTES));
            var in = java.nio.channels.Channels.newInputStream(channel);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the output " + file + " cannot be read", e);
        }
    }

    private static String digest(Path file) {
        try (var in = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            in.transferTo(new java.security.DigestOutputStream(java.io.OutputStream.nullOutputStream(), sha));
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("the output " + file + " cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return command;
    }
}
