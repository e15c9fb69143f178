package dev.assay.bpf;

import java.util.HashMap;
import java.util.Map;

/** A C file that does not compile unless the printed header gives every struct the size and offsets that BTF states. */
final class LayoutAssertions {
    private LayoutAssertions() {}

    static String of(Btf btf) {
        StringBuilder out = new StringBuilder(CPrinter.header(btf));
        Map<String, Integer> seen = new HashMap<>();
        for (int id = 1; id < btf.endId(); id++) {
            Kind kind = btf.kind(id);
            if (btf.nameOffset(id) == 0 || !(kind.composite() || kind.enumeration())) {
                continue;
            }
            int copy = seen.merge(btf.name(id), 1, Integer::sum);
            String type = Declaration.tag(btf, id) + " " + btf.name(id) + (copy == 1 ? "" : "___" + copy);
            if (kind.composite()) {
                out.append("_Static_assert(sizeof(").append(type).append(") == ").append(btf.storedSize(id)).append(
                        ", \"size\");\n");
                members(btf, id, type, 0, out);
            }
        }
        return out.toString();
    }

    static int count(String assertions) {
        return assertions.split("_Static_assert", -1).length - 1;
    }

    private static void members(Btf btf, int id, String type, int bits, StringBuilder out) {
        for (int i = 0; i < btf.length(id); i++) {
            Btf.Member member = btf.member(id, i);
            int at = bits + member.bitOffset();
            if (member.name().isEmpty()) {
                int nested = btf.resolve(member.type());
                if (btf.kind(nested).composite()) {
                    members(btf, nested, type, at, out);
                }
            } else if (member.bitfieldBits() == 0) {
                out.append("_Static_assert(__builtin_offsetof(").append(type).append(", ").append(member.name())
                        .append(") == ").append(at / 8).append(", \"offset\");\n");
            }
        }
    }
}
