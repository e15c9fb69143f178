package dev.assay.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The few lines of a machine sheet that a reader needs beside figures. The sheet is a tree from a file: whatever is
 * missing, unknown or of another form is left out here and shown with the whole sheet.
 */
final class MachineBrief {
    /** Something on the machine that hurts measurement. */
    record Advice(String finding, String why, String remedy) {}

    private final Map<String, Object> sheet;

    MachineBrief(Map<String, Object> sheet) {
        this.sheet = sheet;
    }

    /** What the machine may be called in a title. */
    Optional<String> name() {
        return text("processor", "name").or(() -> text("processor", "model")).or(() -> text("architecture", "process"))
                .or(() -> text("architecture", "kernel"));
    }

    /** Labels and what is known, in the order of interest. */
    Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        name().ifPresent(name -> lines.put("Processor", name));
        text("architecture", "process").ifPresent(process -> {
            String kernel = text("architecture", "kernel").orElse(process);
            lines.put("Architecture", kernel.equals(process) ? process : process + ", translated on " + kernel);
        });
        processors().ifPresent(text -> lines.put("Processors", text));
        caches().ifPresent(text -> lines.put("Caches", text));
        text("caches", "lineBytes").ifPresent(bytes -> lines.put("Cache line", bytes + " bytes"));
        bytes("memory", "totalBytes").ifPresent(text -> lines.put("Memory", text + bytes("memory", "pageBytes")
                .map(page -> ", pages of " + page).orElse("")));
        text("system").ifPresent(text -> lines.put("System", text));
        text("virtualization", "hypervisor").filter(h -> !h.equals("none"))
                .ifPresent(h -> lines.put("Virtual machine", h
                        + text("virtualization", "product").filter(p -> !p.equals("none")).map(p -> ", " + p)
                                .orElse("")));
        text("virtualization", "container").filter(c -> !c.equals("none")).ifPresent(c -> lines.put("Container", c));
        return lines;
    }

    List<Advice> advice() {
        List<Advice> advice = new ArrayList<>();
        if (sheet.get("advice") instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> map && map.get("finding") instanceof String finding) {
                    advice.add(new Advice(finding, words(map.get("why")), words(map.get("remedy"))));
                }
            }
        }
        return advice;
    }

    boolean empty() {
        return sheet.isEmpty();
    }

    private Optional<String> processors() {
        Optional<String> allowed = text("topology", "allowed");
        int cores = at("topology", "cores") instanceof List<?> list ? list.size() : 0;
        if (allowed.isEmpty() && cores == 0) {
            return Optional.empty();
        }
        String text = cores == 0 ? "" : Wording.count(cores, "core");
        return Optional.of(allowed.map(a -> (text.isEmpty() ? "" : text + ", ") + "processors " + a + " may be used")
                .orElse(text));
    }

    /** Each kind of cache once, with how many of it there are. */
    private Optional<String> caches() {
        Map<String, Integer> kinds = new TreeMap<>();
        if (at("caches", "all") instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> cache && cache.get("level") instanceof Number level
                        && cache.get("sizeBytes") instanceof Number size) {
                    String type = switch (String.valueOf(cache.get("type"))) {
                        case "data" -> "d";
                        case "instruction" -> "i";
                        default -> "";
                    };
                    kinds.merge("L" + level.intValue() + type + " " + Coordinates.bytes(size.longValue()), 1,
                            Integer::sum);
                }
            }
        }
        List<String> texts = new ArrayList<>();
        // Breaks belong between caches, not within one.
        kinds.forEach((kind, count) -> texts.add((count > 1 ? count + " × " + kind : kind).replace(' ', '\u00a0')));
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join(" · ", texts));
    }

    private Optional<String> bytes(String... path) {
        return at(path) instanceof Number number
                ? Optional.of(Coordinates.bytes(number.longValue()))
                : Optional.empty();
    }

    private Optional<String> text(String... path) {
        return switch (at(path)) {
            case String text when !text.isBlank() -> Optional.of(text);
            case Number number -> Optional.of(number.toString());
            case null, default -> Optional.empty();
        };
    }

    private static String words(Object value) {
        return value instanceof String text ? text : "";
    }

    /** What is there, or {@code null}: a sheet from elsewhere may hold anything. */
    private Object at(String... path) {
        Object value = sheet;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }
}
