package dev.assay.decide;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How commands are run, the same for both sides.
 *
 * @param measure what is compared
 * @param directory where they run
 * @param input what they read; nothing when empty
 * @param environment added to that of Assay
 * @param setup run by a shell before every trial, not timed
 * @param teardown run by a shell after every trial, not timed
 * @param warmups runs of each side that are thrown away before the first trial
 * @param expectedExit the exit code that means success
 * @param sameOutput whether all trials of both sides must print the same
 * @param limit after which a trial hangs
 */
public record CommandSettings(Measure measure, Path directory, Optional<Path> input, Map<String, String> environment,
        Optional<String> setup, Optional<String> teardown, int warmups, int expectedExit, boolean sameOutput,
        Duration limit) {
    public CommandSettings {
        environment = Map.copyOf(environment);
        input.ifPresent(path -> {
            if (!Files.isReadable(path) || Files.isDirectory(path)) {
                throw new DecideException("the input " + path + " is not a file that can be read; correct --input");
            }
        });
        if (!Files.isDirectory(directory)) {
            throw new DecideException("commands run in a folder; " + directory + " is none");
        }
        if (warmups < 0) {
            throw new DecideException("there are 0 or more warm-up runs, not " + warmups);
        }
        if (limit.isNegative() || limit.isZero()) {
            throw new DecideException("the limit of a trial is longer than nothing, not " + limit.toMillis() + " ms");
        }
    }

    /** Wall time in this folder, one warm-up. */
    public static CommandSettings usual(Duration limit) {
        return new CommandSettings(Measure.Account.WALL, Path.of("").toAbsolutePath(), Optional.empty(), Map.of(),
                Optional.empty(), Optional.empty(), 1, 0, false, limit);
    }
}
