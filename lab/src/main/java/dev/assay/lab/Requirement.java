package dev.assay.lab;

import dev.assay.machine.Machine;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the machine must offer for an experiment to make sense.
 *
 * @param says the requirement in words, such as "2 processors"
 * @param missing why this machine does not offer it, and what would help; empty when it does
 */
public record Requirement(String says, Function<Machine, Optional<String>> missing) {
    /** At least {@code n} processors that this process may use. */
    public static Requirement processors(int n) {
        return new Requirement(n + " processors", machine -> {
            int allowed = machine.topology().allowedProcessors().size();
            return allowed >= n
                    ? Optional.empty()
                    : Optional.of("needs " + n + " processors, " + allowed
                            + " allowed here; raise the cgroup or affinity limit");
        });
    }

    /** A Linux kernel. */
    public static Requirement linux() {
        return when("Linux", _ -> System.getProperty("os.name").equals("Linux"),
                "needs Linux; this is " + System.getProperty("os.name"));
    }

    /** Whatever {@code holds} says, else {@code why}. */
    public static Requirement when(String says, Predicate<Machine> holds, String why) {
        return new Requirement(says, machine -> holds.test(machine) ? Optional.empty() : Optional.of(why));
    }
}
