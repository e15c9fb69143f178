package dev.assay.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One fresh process that ran one variant.
 *
 * @param number counts all trials of the run from 1; names the process in the archive
 * @param variant by name
 * @param pid of the process, 0 when none could be started
 * @param wall from start to end of the process
 * @param outcome what came of it
 * @param doubts about how it was started, such as a placement refused
 */
public record Trial(int number, String variant, long pid, Duration wall, Outcome outcome, List<Doubt> doubts) {
    public Trial {
        doubts = List.copyOf(doubts);
    }

    /** What came of a trial. */
    public sealed interface Outcome {
        /** It measured, and kept its promises. */
        record Measured(Observation observation) implements Outcome {}

        /** It answered, but one of its own checks failed: what it measured is not what was asked. */
        record Broken(String check, Observation observation) implements Outcome {}

        /**
         * It ended without an answer.
         *
         * @param exitCode of the process; 128 + n for signal n
         * @param lastLines that it printed
         * @param crashReport the JVM's hs_err file, kept beside the run
         */
        record Crashed(int exitCode, List<String> lastLines, Optional<Path> crashReport) implements Outcome {
            public Crashed {
                lastLines = List.copyOf(lastLines);
            }
        }

        /** It did not end in time and was ended. */
        record Overran(Duration limit, List<String> lastLines) implements Outcome {
            public Overran {
                lastLines = List.copyOf(lastLines);
            }
        }

        /** It could not be started at all. */
        record Unstarted(String reason) implements Outcome {}
    }

    /** The observation, when it can be used. */
    public Optional<Observation> observation() {
        return outcome instanceof Outcome.Measured(Observation observation)
                ? Optional.of(observation)
                : Optional.empty();
    }

    /** Why there is no usable observation, in a sentence; empty when there is one. */
    public Optional<String> failure() {
        return switch (outcome) {
            case Outcome.Measured _ -> Optional.empty();
            case Outcome.Broken(String check, _) -> Optional.of("the check '" + check + "' failed");
            case Outcome.Crashed(int exit, List<String> lines, Optional<Path> report) ->
                Optional.of("the process ended with " + exitWords(exit)
                        + report.map(p -> " (" + p.getFileName() + ")").orElse("")
                        + lastOf(lines));
            case Outcome.Overran(Duration limit, List<String> lines) ->
                Optional.of("the process did not end within " + seconds(limit) + " and was ended" + lastOf(lines));
            case Outcome.Unstarted(String reason) -> Optional.of("the process could not be started: " + reason);
        };
    }

    private static String seconds(Duration time) {
        return time.toMillis() < 10_000 && time.toMillis() % 1000 != 0
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3)
                : time.toSeconds() + " s";
    }

    private static String exitWords(int exit) {
        return exit > 128 && exit < 160 ? "signal " + (exit - 128) : "exit code " + exit;
    }

    /** The last line that says something: not the frames of a stack trace, but the exception above them. */
    private static String lastOf(List<String> lines) {
        return lines.reversed().stream().filter(line -> !line.isBlank() && !line.startsWith("\t")).findFirst()
                .map(line -> "; it last said: " + line).orElse("");
    }
}
