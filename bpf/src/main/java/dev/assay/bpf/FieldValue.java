package dev.assay.bpf;

import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What a field relocation puts into its instruction.
 *
 * <p>
 * A bitfield is read by the smallest unit of its type's size, doubled until the field fits, then shifted left and right
 * in 64 bits (libbpf, BPF_CORE_READ_BITFIELD):
 *
 * <pre>
 *   little-endian   | … | field | rest |     left shift = 64 - (offset + width - 8 * byte)
 *   big-endian      left shift = 8 * (8 - unit) + offset - 8 * byte
 *   either          right shift = 64 - width
 * </pre>
 *
 * @param certain whether compilers agree on it, so that the instruction can be checked against it
 * @param accessBytes width of a load or store at this offset, 0 where it is none
 * @param accessType type that is loaded, 0 where it is none
 */
record FieldValue(long value, boolean certain, long accessBytes, int accessType) {

    static Optional<FieldValue> of(AccessPath path, ByteOrder order) {
        Btf btf = path.btf();
        AccessPath.Step last = path.last();
        if (!last.named()) {
            return switch (path.kind()) {
                case FIELD_BYTE_OFFSET -> Optional.of(new FieldValue(path.bitOffset() / 8, true, elementBytes(btf, last
                        .type()), last.type()));
                case FIELD_BYTE_SIZE -> Optional.of(new FieldValue(btf.sizeOf(last.type()), true, 0, 0));
                default -> Optional.empty();
            };
        }
        int type = btf.resolve(path.reached());
        int bitfield = path.bitfieldBits();
        long offset = path.bitOffset();
        long unit = btf.sizeOf(type);
        long width = bitfield > 0 ? bitfield : 8 * unit;
        long at = offset / 8;
        if (bitfield > 0) {
            at = at / unit * unit;
            while (offset + width - 8 * at > 8 * unit) {
                if (unit >= 8) {
                    return Optional.empty();
                }
                unit *= 2;
                at = offset / 8 / unit * unit;
            }
        }
        boolean certain = bitfield == 0;
        return Optional.of(switch (path.kind()) {
            case FIELD_BYTE_OFFSET -> bitfield > 0
                    ? new FieldValue(at, false, 0, 0)
                    : new FieldValue(at, true, elementBytes(btf, type), type);
            case FIELD_BYTE_SIZE -> new FieldValue(unit, certain, 0, 0);
            case FIELD_SIGNED -> new FieldValue(btf.signed(type) ? 1 : 0, true, 0, 0);
            case FIELD_LSHIFT_U64 -> new FieldValue(order == ByteOrder.LITTLE_ENDIAN
                    ? 64 - (offset + width - 8 * at)
                    : 8 * (8 - unit) + offset - 8 * at, certain, 0, 0);
            default -> new FieldValue(64 - width, true, 0, 0);
        });
    }

    private static long elementBytes(Btf btf, int type) {
        int at = btf.resolve(type);
        while (btf.kind(at) == Kind.ARRAY) {
            at = btf.resolve(btf.arrayElement(at));
        }
        return btf.sizeOf(at);
    }
}
