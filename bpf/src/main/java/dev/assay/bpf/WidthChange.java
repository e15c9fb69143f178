package dev.assay.bpf;

import java.util.ArrayList;
import java.util.List;

/**
 * A field that is wider or narrower here than where the object was compiled: what the program reads then.
 *
 * <p>
 * A load straight from the field is widened or narrowed by the loader. A read through a helper is not: it takes as many
 * bytes as the program says, so a wide read of a narrow field takes the fields behind it along, and no loader tells.
 *
 * <pre>
 *         +0      +1      +2      +3      +4      +5      +6      +7
 *  1264 | pid                           | tgid                          |
 *         └──────────── an 8-byte read of the 4-byte pid ─────────────┘
 * </pre>
 */
record WidthChange(AccessPath path, AccessPath there, boolean direct, int bytesRead) {

    Explainer.Judgement judge() {
        long here = path.bitSize();
        long kernel = there.bitSize();
        String place = "at byte " + there.bitOffset() / 8 + (there.bitOffset() == path.bitOffset()
                ? ""
                : " (byte " + path.bitOffset() / 8 + " where it was compiled)");
        if (there.bitfieldBits() > 0 && path.bitfieldBits() == 0) {
            return Explainer.Judgement.warning(there.text() + " is a bitfield of " + there.bitfieldBits()
                    + " bits in the kernel: the read takes its whole unit; read it with BPF_CORE_READ_BITFIELD");
        }
        if (path.bitfieldBits() > 0) {
            return Explainer.Judgement.fine(place);
        }
        if (direct) {
            return here == kernel || !scalar() ? Explainer.Judgement.fine(place) : adjusted(here, kernel, place);
        }
        // Without a known read the object's own width is taken for a number; of a struct or array only the address is known.
        long read = bytesRead > 0 ? 8L * bytesRead : scalar() ? here : kernel;
        if (read > room(kernel) && kernel > 0) {
            return glued(read, kernel);
        }
        if (read < kernel && scalar() && (bytesRead == 0 || here != kernel)) {
            return Explainer.Judgement.warning(there.text() + " has " + kernel / 8 + " bytes in the kernel and "
                    + read / 8 + " are read" + compiled(here, kernel) + ": its upper part is lost; read it with "
                    + "BPF_CORE_READ or bpf_core_field_size()");
        }
        return Explainer.Judgement.fine(place);
    }

    /** Bits that belong to what is reached: of an array's element all that follow it, too. */
    private long room(long kernel) {
        AccessPath.Step last = there.last();
        if (last.named() || there.steps().size() < 2) {
            return kernel;
        }
        AccessPath.Step array = there.steps().get(there.steps().size() - 2);
        if (!array.named()) {
            return Long.MAX_VALUE;
        }
        int type = there.btf().resolve(there.btf().memberType(array.type(), array.index()));
        long count = there.btf().kind(type) == Kind.ARRAY ? there.btf().arrayCount(type) & 0xffffffffL : 0;
        return count == 0 ? Long.MAX_VALUE : (count - last.index()) * kernel;
    }

    private Explainer.Judgement adjusted(long here, long kernel, String place) {
        if (kernel < here) {
            return Explainer.Judgement.fine(place + ", the load narrowed from " + here / 8 + " to " + kernel / 8
                    + " bytes");
        }
        return Explainer.Judgement.warning(there.text() + " has " + kernel / 8 + " bytes in the kernel and " + here / 8
                + " in the object: the load is widened, and what the program does with " + here / 8
                + " bytes of it may cut the number off");
    }

    private Explainer.Judgement glued(long read, long kernel) {
        List<String> taken = neighbours(there.bitOffset() + kernel, there.bitOffset() + read);
        String with = taken.isEmpty() ? "bytes behind it" : String.join(", ", taken);
        return Explainer.Judgement.warning(there.text() + " has " + kernel / 8 + " bytes in the kernel and " + read / 8
                + " are read" + compiled(path.bitSize(), kernel) + ": the number is glued together with " + with
                + "; declare it with the kernel's width (" + Declaration.of(there.btf(), there.reached()) + ")");
    }

    private static String compiled(long here, long kernel) {
        return here == kernel ? "" : " (the object has it with " + here / 8 + ")";
    }

    private boolean scalar() {
        int at = there.btf().resolve(there.reached());
        return at != 0 && switch (there.btf().kind(at)) {
            case INT, PTR, ENUM, ENUM64, FLOAT -> true;
            default -> false;
        };
    }

    /** Fields of the kernel's type that lie between two bits. */
    private List<String> neighbours(long from, long to) {
        List<String> names = new ArrayList<>();
        for (TypeLayout.Row row : TypeLayout.rows(there.btf(), there.root())) {
            boolean overlaps = row.bitOffset() < to && row.bitOffset() + row.bitSize() > from;
            if (overlaps && !row.name().isEmpty() && row.bitOffset() >= from) {
                names.add(row.name());
            }
        }
        return names.size() > 4 ? List.of(names.get(0), names.get(1), names.get(2), "…") : names;
    }
}
