package dev.assay.decide;

import dev.assay.machine.Machine;
import java.util.Map;

/** What tells one machine from another in what is stored: the processor and how many of it may be used. */
final class MachineName {
    private MachineName() {}

    static String of(Machine machine) {
        return of(machine.sheet());
    }

    static String of(Map<String, Object> sheet) {
        return text(sheet, "processor", "name") + ", processors " + text(sheet, "topology", "allowed");
    }

    private static String text(Map<String, Object> sheet, String... path) {
        Object at = sheet;
        for (String step : path) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
            if (at instanceof Map<?, ?> map && map.containsKey("value")) {
                at = map.get("value");
            }
        }
        return at == null ? "unknown" : at.toString();
    }
}
