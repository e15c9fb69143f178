package dev.assay.scan;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules, in the order of the documentation. */
public final class Rules {
    private Rules() {}

    /** Every rule there is. */
    public static List<Rule> all() {
        return Stream.of(NativeRules.ALL, HazardRules.ALL.stream().map(HazardRule::rule).toList()).flatMap(List::stream)
                .toList();
    }

    static Set<String> ids() {
        return all().stream().map(Rule::id).collect(Collectors.toSet());
    }
}
