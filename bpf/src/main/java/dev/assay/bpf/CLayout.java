package dev.assay.bpf;

import java.util.HashMap;
import java.util.Map;

/**
 * What a C compiler would make of a struct, so that its printed form has the very offsets that BTF states.
 *
 * <p>
 * BTF records offsets but no alignment and no packing. Each struct is laid out by the rules of the System V ABI
 * (psABI, chapter 3.1.2: natural alignment; a bitfield does not cross a unit of its type); where that cannot give the
 * stated offsets the struct was packed, and where it leaves a gap too small the gap is made explicit.
 */
final class CLayout {
    private static final byte UNKNOWN = 0;
    private static final byte IN_PROGRESS = -1;
    private static final byte SPECIAL = 1 << 6;

    private final Btf btf;
    /** Of each type once it was asked for, with {@link #SPECIAL} where it has a plan. */
    private final byte[] alignments;
    /** Sizes in bytes plus one, of each type once it was asked for; 0 before, and where it does not fit. */
    private final int[] sizes;
    /** Only of the few types that are not laid out naturally. */
    private final Map<Integer, Plan> special = new HashMap<>();

    CLayout(Btf btf) {
        this.btf = btf;
        alignments = new byte[btf.endId()];
        sizes = new int[btf.endId()];
    }

    /**
     * What stands before each member (and, last, after them all) to bring it to its place.
     *
     * @param leadingBits unnamed bits up to a byte boundary
     * @param bytes whole bytes
     * @param trailingBits unnamed bits after them
     */
    record Gap(int leadingBits, long bytes, int trailingBits) {
        static final Gap NONE = new Gap(0, 0, 0);
    }

    /** Gaps are null where none is needed anywhere, which is so for nearly every struct. */
    record Plan(boolean packed, int alignment, Gap[] gaps) {}

    /** Alignment in bytes that a compiler gives the printed type. */
    int alignment(int id) {
        byte known = id >= 0 && id < alignments.length ? alignments[id] : UNKNOWN;
        return (known > 0 ? known : find(id)) & ~SPECIAL;
    }

    private byte find(int id) {
        Kind kind = btf.kind(id);
        if (alignments[id] == IN_PROGRESS) {
            throw new BpfException.Malformed(btf.origin() + ": type " + id + " contains itself");
        }
        alignments[id] = IN_PROGRESS;
        alignments[id] = switch (kind) {
            case INT, ENUM, ENUM64, FLOAT -> (byte) Math.clamp(Integer.highestOneBit(Math.max(1, btf.storedSize(id))),
                    1, 16);
            case PTR -> Btf.POINTER_BYTES;
            case ARRAY -> (byte) alignment(btf.arrayElement(id));
            case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> (byte) alignment(btf.resolve(id));
            case STRUCT, UNION -> composite(id);
            default -> 1;
        };
        return alignments[id];
    }

    private byte composite(int id) {
        Plan plan = make(id);
        if (!plan.packed() && plan.gaps() == null) {
            return (byte) plan.alignment();
        }
        special.put(id, plan);
        return (byte) (plan.alignment() | SPECIAL);
    }

    /** As {@link Btf#sizeOf}, which finds it anew each time. */
    private long size(int id) {
        // A number that no type has is refused by what is asked for its size.
        int known = id >= 0 && id < sizes.length ? sizes[id] : 0;
        if (known != 0) {
            return known - 1;
        }
        long size = btf.sizeOf(id);
        sizes[id] = size < Integer.MAX_VALUE ? (int) size + 1 : 0;
        return size;
    }

    /** How to print a struct or union, or null where its members alone say it all. */
    Plan plan(int id) {
        alignment(id);
        return alignments[id] > SPECIAL ? special.get(id) : null;
    }

    private Plan make(int id) {
        Plan natural = simulate(id, false);
        if (natural != null) {
            return natural;
        }
        Plan tight = simulate(id, true);
        return tight != null ? tight : new Plan(true, 1, null);
    }

    private Plan simulate(int id, boolean tight) {
        return btf.kind(id) == Kind.UNION ? union(id, tight) : struct(id, tight);
    }

    private Plan union(int id, boolean tight) {
        int alignment = 1;
        long bits = 0;
        int count = btf.length(id);
        for (int i = 0; i < count; i++) {
            int type = btf.memberType(id, i);
            int width = btf.memberBits(id, i);
            alignment = tight ? 1 : Math.max(alignment, alignment(type));
            bits = Math.max(bits, width > 0 ? width : 8 * size(type));
        }
        long size = btf.storedSize(id) & 0xffffffffL;
        if (size % alignment != 0 || up(up(bits, 8) / 8, alignment) > size) {
            return null;
        }
        if (up(up(bits, 8) / 8, alignment) == size) {
            return new Plan(tight, alignment, null);
        }
        Gap[] gaps = new Gap[count + 1];
        gaps[count] = new Gap(0, size, 0);
        return new Plan(tight, alignment, gaps);
    }

    private Plan struct(int id, boolean tight) {
        int count = btf.length(id);
        Gap[] gaps = null;
        int alignment = 1;
        long at = 0;
        boolean bitfields = btf.flag(id);
        for (int i = 0; i < count; i++) {
            int type = btf.memberType(id, i);
            int offset = btf.memberBitOffset(id, i);
            int bitfield = bitfields ? btf.memberBits(id, i) : 0;
            int own = tight ? 1 : alignment(type);
            alignment = Math.max(alignment, own);
            long natural = bitfield > 0 ? bitfieldPlace(at, type, bitfield, tight) : up(at, 8L * own);
            if (natural > offset) {
                return null;
            }
            if (natural < offset) {
                gaps = gaps == null ? new Gap[count + 1] : gaps;
                gaps[i] = gap(at, offset);
                long moved = bitfield > 0 ? bitfieldPlace(offset, type, bitfield, tight) : up(offset, 8L * own);
                if (moved != offset) {
                    return null;
                }
            }
            at = offset + (bitfield > 0 ? bitfield : 8 * size(type));
        }
        long size = btf.storedSize(id) & 0xffffffffL;
        long end = up(at, 8) / 8;
        if (size % alignment != 0 || up(end, alignment) > size) {
            return null;
        }
        if (up(end, alignment) < size) {
            gaps = gaps == null ? new Gap[count + 1] : gaps;
            gaps[count] = new Gap(0, size - end, 0);
        }
        return new Plan(tight, alignment, gaps);
    }

    private long bitfieldPlace(long at, int type, int width, boolean tight) {
        long unit = 8 * Math.max(1, size(type));
        boolean crosses = at / unit != (at + width - 1) / unit;
        return crosses && !tight ? up(at, unit) : at;
    }

    private static Gap gap(long from, long to) {
        long wholeFrom = up(from, 8);
        if (wholeFrom > to) {
            return new Gap((int) (to - from), 0, 0);
        }
        long wholeTo = to / 8 * 8;
        return new Gap((int) (wholeFrom - from), (wholeTo - wholeFrom) / 8, (int) (to - wholeTo));
    }

    private static long up(long value, long multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
