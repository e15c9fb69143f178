package dev.assay.bpf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A C program that reaches for random fields, sizes, bitfields, types and enumerators of a kernel. */
final class RandomAccesses {
    private static final int PER_FUNCTION = 25;

    private final Btf kernel;
    private final Random random;
    private final List<Integer> structs = new ArrayList<>();
    private final List<Integer> enums = new ArrayList<>();

    private RandomAccesses(Btf kernel, long seed) {
        this.kernel = kernel;
        random = new Random(seed);
        Map<String, Integer> names = new HashMap<>();
        for (int id = 1; id < kernel.endId(); id++) {
            Kind kind = kernel.kind(id);
            if (kind.composite() || kind.enumeration()) {
                names.merge(kernel.name(id), 1, Integer::sum);
                for (int i = 0; kind.enumeration() && i < kernel.length(id); i++) {
                    names.merge(kernel.enumerator(id, i).name(), 1, Integer::sum);
                }
            }
        }
        for (int id = 1; id < kernel.endId(); id++) {
            if (kernel.nameOffset(id) == 0 || kernel.length(id) == 0 || names.getOrDefault(kernel.name(id), 0) != 1) {
                continue;
            }
            if (kernel.kind(id).composite()) {
                structs.add(id);
            } else if (kernel.kind(id).enumeration() && single(id, names)) {
                enums.add(id);
            }
        }
    }

    private boolean single(int id, Map<String, Integer> names) {
        for (int i = 0; i < kernel.length(id); i++) {
            if (names.get(kernel.enumerator(id, i).name()) != 1) {
                return false;
            }
        }
        return true;
    }

    static String source(Btf kernel, long seed, int count) {
        RandomAccesses accesses = new RandomAccesses(kernel, seed);
        StringBuilder out = new StringBuilder(CPrinter.header(kernel)).append("""
                unsigned long long seen;
                char terms[] __attribute__((section("license"), used)) = "GPL";
                """);
        for (int i = 0; i < count; i++) {
            if (i % PER_FUNCTION == 0) {
                out.append(i == 0 ? "" : "seen = v; return 0; }\n").append(
                        "__attribute__((section(\"raw_tracepoint/sched_switch\"), used)) int f").append(i).append(
                                "(void *p) { unsigned long long v = 0;\n");
            }
            out.append(accesses.access()).append(";\n");
        }
        return out.append("seen = v; return 0; }\n").toString();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String access() {
        int id = any(structs);
        String type = Declaration.tag(kernel, id) + " " + kernel.name(id);
        switch (random.nextInt(10)) {
            case 0 -> {
                return "v += __builtin_preserve_type_info(*(" + type + " *)0, 0)";
            }
            case 1 -> {
                return "v += __builtin_preserve_type_info(*(" + type + " *)0, 1)";
            }
            case 2 -> {
                return "v += __builtin_btf_type_id(*(" + type + " *)0, " + random.nextInt(2) + ")";
            }
            case 3 -> {
                int list = any(enums);
                return "v += __builtin_preserve_enum_value(*(enum " + kernel.name(list) + " *)"
                        + kernel.enumerator(list,
                                random.nextInt(kernel.length(list))).name()
                        + ", " + random.nextInt(2) + ")";
            }
            default -> {
                return field(id, "((" + type + " *)p)->");
            }
        }
    }

    private String field(int root, String path) {
        StringBuilder text = new StringBuilder(path);
        int at = root;
        TypeQuery.Place place = null;
        for (int depth = 0; depth < 4; depth++) {
            List<String> names = new ArrayList<>(TypeQuery.fieldNames(kernel, at));
            if (names.isEmpty()) {
                break;
            }
            String name = any(names);
            place = TypeQuery.member(kernel, new TypeQuery.Place(at, at, 0, 0, false), name).orElseThrow();
            text.append(depth == 0 ? "" : ".").append(name);
            at = kernel.resolve(place.type());
            if (at == 0 || !kernel.kind(at).composite() || random.nextBoolean()) {
                break;
            }
        }
        if (place == null) {
            return "v += 1";
        }
        if (place.bitfield()) {
            return "v += __builtin_preserve_field_info(" + text + ", " + random.nextInt(6) + ")";
        }
        boolean number = switch (at == 0 ? Kind.UNKNOWN : kernel.kind(at)) {
            case INT, ENUM, ENUM64, PTR -> kernel.sizeOf(at) <= 8;
            default -> false;
        };
        return number && random.nextBoolean()
                ? "v += (unsigned long long)" + text
                : "v += __builtin_preserve_field_info(" + text + ", " + random.nextInt(3) + ")";
    }
}
