package dev.assay.scan;

import dev.assay.scan.demonstration.Demonstrations;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules, in the order of the documentation. */
public final class Rules {
    private Rules() {}

    /** Every rule there is. */
    public static List<Rule> all() {
        return Stream
                .of(NativeRules.ALL, HazardRules.ALL.stream().map(HazardRule::rule).toList(), SettingsRules.ALL,
                        DebtRules.ALL)
                .flatMap(List::stream)
                .toList();
    }

    /** The chapters of all rules; docs/scan.md ends with this text, which a test compares. */
    public static String markdown() {
        return all().stream().map(Rules::chapter).collect(Collectors.joining("\n"));
    }

    private static String chapter(Rule rule) {
        return """
                ### %s

                **%s.** Severity: %s. Confidence: %s.

                %s

                *Why:* %s

                Wrong:

                ```
                %s
                ```

                Right:

                ```
                %s
                ```

                *Remedy:* %s *Silence:* `--ignore %s`, or accept single findings in a baseline.%s
                """.formatted(rule.id(), rule.title(), rule.severity().label(), rule.confidence().label(),
                rule.meaning(),
                rule.why(), rule.wrong(), rule.right(), rule.remedy(), rule.id(), shown(rule));
    }

    private static String shown(Rule rule) {
        return Demonstrations.of(rule.id()).map(_ -> " *See it:* `assay scan --demo " + rule.id() + "`.").orElse("");
    }

    static Set<String> ids() {
        return all().stream().map(Rule::id).collect(Collectors.toSet());
    }
}
