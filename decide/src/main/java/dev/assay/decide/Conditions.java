package dev.assay.decide;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Conditions of a claim over the machine sheet. */
final class Conditions {
    /** All that a claim may ask of the machine. */
    static final Set<String> NAMES = new TreeSet<>(
            Set.of("architecture", "feature", "processors", "vendor", "system", "hypervisor", "line-bytes", "nodes"));

    private Conditions() {}

    static Optional<String> unknown(Collection<String> names) {
        return names.stream().filter(name -> !NAMES.contains(name)).findFirst();
    }

    /** What is wrong with the value of a condition: some are numbers. */
    static Optional<String> flaw(String name, Object value) {
        boolean number = name.equals("processors") || name.equals("nodes") || name.equals("line-bytes");
        return number && !String.valueOf(value).matches("\\d{1,9}")
                ? Optional.of(name + ": is a whole number, not '" + value + "'")
                : Optional.empty();
    }

    /**
     * Why the machine is not one that the claim is about; empty when it is.
     *
     * @param sheet of the machine, as its JSON has it
     */
    static Optional<String> unmet(Map<String, Object> where, Map<String, Object> sheet) {
        for (Map.Entry<String, Object> condition : where.entrySet()) {
            Optional<String> reason = unmet(condition.getKey(), String.valueOf(condition.getValue()), sheet);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unmet(String name, String wanted, Map<String, Object> sheet) {
        return switch (name) {
            case "architecture" -> is("architecture", wanted.equals("arm64")
                    ? "aarch64"
                    : wanted.equals("amd64")
                            ? "x86_64"
                            : wanted,
                    text(sheet, "architecture", "process"));
            case "vendor" -> contains("vendor", wanted, text(sheet, "processor", "vendor") + " "
                    + text(sheet, "processor", "name"));
            case "system" -> contains("system", wanted, text(sheet, "system"));
            case "hypervisor" -> is("hypervisor", wanted, text(sheet, "virtualization", "hypervisor"));
            case "processors" -> atLeast("processors", wanted, cores(sheet));
            case "nodes" -> atLeast("NUMA nodes", wanted, size(at(sheet, "topology", "nodes")));
            case "line-bytes" -> is("cache line in bytes", wanted, text(sheet, "caches", "lineBytes"));
            case "feature" -> feature(wanted, sheet);
            default -> throw new IllegalArgumentException("no condition " + name);
        };
    }

    private static Optional<String> is(String what, String wanted, String found) {
        return found.equalsIgnoreCase(wanted)
                ? Optional.empty()
                : Optional.of("it is about " + what + " " + wanted + ", this machine's is " + found);
    }

    private static Optional<String> contains(String what, String wanted, String found) {
        return found.toLowerCase(java.util.Locale.ROOT).contains(wanted.toLowerCase(java.util.Locale.ROOT))
                ? Optional.empty()
                : Optional.of("it is about " + what + " " + wanted + ", this machine's is " + found);
    }

    private static Optional<String> atLeast(String what, String wanted, int found) {
        int least = (int) Double.parseDouble(wanted);
        return found >= least
                ? Optional.empty()
                : Optional.of("it is about at least " + least + " " + what + ", this machine has " + found);
    }

    private static Optional<String> feature(String wanted, Map<String, Object> sheet) {
        if (at(sheet, "features", "all") instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> feature && wanted.equals(feature.get("id"))) {
                    return Boolean.TRUE.equals(feature.get("processor"))
                            ? Optional.empty()
                            : Optional.of("it is about processors with " + wanted + ", this one has none");
                }
            }
        }
        return Optional.of("it is about processors with " + wanted + ", of which this machine's sheet knows nothing");
    }

    private static int cores(Map<String, Object> sheet) {
        String allowed = text(sheet, "topology", "allowed");
        int count = 0;
        for (String part : allowed.split(",")) {
            String[] ends = part.strip().split("-");
            try {
                count += ends.length == 2
                        ? Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1
                        : ends.length == 1 && !ends[0].isEmpty() ? Integer.parseInt(ends[0]) * 0 + 1 : 0;
            } catch (NumberFormatException e) {
                return size(at(sheet, "topology", "cores"));
            }
        }
        return count;
    }

    private static int size(Object list) {
        return list instanceof Collection<?> collection ? collection.size() : 0;
    }

    private static Object at(Map<String, Object> sheet, String... path) {
        Object value = sheet;
        for (String step : path) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return value;
    }

    private static String text(Map<String, Object> sheet, String... path) {
        Object value = at(sheet, path);
        return value == null ? "unknown" : value.toString();
    }
}
