package dev.assay.lab;

import dev.assay.machine.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing varied. The first variant of an experiment is its baseline.
 *
 * @param name unique within the experiment
 * @param parameters what the workload is told
 * @param program what is started
 * @param against the variant that this one is compared with; the baseline unless told otherwise
 */
public record Variant(String name, Map<String, String> parameters, Program program, Optional<String> against) {
    public Variant {
        if (name.isBlank() || name.indexOf('\t') >= 0 || name.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a variant has a name of one line, not '" + name + "'");
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** A variant of the experiment's own workload. */
    public static Variant of(String name, Map<String, ?> parameters, String... jvmOptions) {
        Map<String, String> words = new LinkedHashMap<>();
        parameters.forEach((key, value) -> words.put(key, String.valueOf(value)));
        return new Variant(name, words, new Program.Jvm(List.of(jvmOptions), Placement.ANYWHERE), Optional.empty());
    }

    /** The same thing under another name, as a control needs it. */
    public Variant named(String other) {
        return new Variant(other, parameters, program, against);
    }

    /** The same workload, placed. */
    public Variant placed(Placement placement) {
        return switch (program) {
            case Program.Jvm(List<String> options, var _) ->
                new Variant(name, parameters, new Program.Jvm(options, placement), against);
            case Program.Command _,Program.Own _ -> throw new IllegalArgumentException(
                    "only the experiment's own workload is placed; start '" + name + "' through taskset or chrt");
        };
    }

    /** The same thing, compared with another variant than the baseline. */
    public Variant against(String other) {
        return new Variant(name, parameters, program, Optional.of(other));
    }

    /** What a trial of a variant starts. */
    public sealed interface Program {
        /**
         * The experiment's workload in a fresh JVM.
         *
         * @param options of the JVM, beyond the experiment's own
         * @param placement of the whole process; what is refused becomes a doubt
         */
        record Jvm(List<String> options, Placement placement) implements Program {
            public Jvm {
                options = List.copyOf(options);
            }
        }

        /** A program that its bringer starts and reads. The archive keeps its words, as those of a command. */
        record Own(Subject subject) implements Program {}

        /**
         * A program of its own. It finds the path of the observation file that it must write in the environment
         * variable {@code ASSAY_OBSERVATION}.
         */
        record Command(List<String> words) implements Program {
            public Command {
                words = List.copyOf(words);
                if (words.isEmpty()) {
                    throw new IllegalArgumentException("a command has at least one word");
                }
            }
        }
    }

    /** JVM options of a list of variants that differ in nothing else; for messages. */
    static List<String> names(List<Variant> variants) {
        List<String> names = new ArrayList<>();
        variants.forEach(v -> names.add(v.name()));
        return names;
    }
}
