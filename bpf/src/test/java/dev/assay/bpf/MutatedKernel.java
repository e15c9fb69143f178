package dev.assay.bpf;

import java.nio.ByteOrder;
import java.util.Random;

/**
 * A kernel's types with damage of the kinds that time does to them: fields renamed, moved and retyped, enumerators
 * renumbered, structs and enumerations gone or doubled under a flavour. Numbers of types stay.
 */
final class MutatedKernel {
    private final Btf kernel;
    private final Random random;
    private final BtfWriter writer = new BtfWriter();

    private MutatedKernel(Btf kernel, long seed) {
        this.kernel = kernel;
        random = new Random(seed);
    }

    static byte[] of(Btf kernel, long seed) {
        MutatedKernel mutated = new MutatedKernel(kernel, seed);
        for (int id = 1; id < kernel.endId(); id++) {
            mutated.copy(id, kernel.name(id), true);
        }
        for (int id = 1; id < kernel.endId(); id++) {
            // Doubles that agree with the first are no ambiguity, those that do not are.
            if (kernel.kind(id).composite() && kernel.nameOffset(id) != 0 && mutated.chance(12)) {
                mutated.copy(id, kernel.name(id) + "___double", mutated.chance(2));
            }
        }
        return mutated.writer.bytes(ByteOrder.LITTLE_ENDIAN);
    }

    private boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    private void copy(int id, String name, boolean mutate) {
        Kind kind = kernel.kind(id);
        int elements = kind.elementWords == 0 ? 0 : kernel.length(id);
        int[] extra = new int[kind.fixedWords + kind.elementWords * elements];
        for (int i = 0; i < extra.length; i++) {
            extra[i] = kernel.word(id, 3 + i);
        }
        boolean damaged = mutate && chance(4) && (kind.composite() || kind.enumeration());
        for (int i = 0; i < elements && (kind.composite() || kind.enumeration() || kind == Kind.FUNC_PROTO); i++) {
            int at = i * kind.elementWords;
            String element = kernel.string(extra[at]);
            extra[at] = writer.string(damaged && chance(6) && !element.isEmpty() ? element + "_new" : element);
            if (damaged && kind.composite() && chance(5)) {
                retype(extra, at, kernel.flag(id));
            } else if (damaged && kind.enumeration() && chance(5)) {
                extra[at + 1] += 3;
            }
        }
        boolean gone = mutate && !name.isEmpty() && chance(25) && kind.composite();
        writer.add(kind, gone ? name + "_gone" : name, kernel.flag(id), kernel.length(id), kernel.word(id, 2), extra);
    }

    /** Another type of the kernel's, or the same eight bytes further. */
    private void retype(int[] extra, int at, boolean bitfields) {
        int type = extra[at + 1];
        int behind = kernel.resolve(type);
        Kind kind = behind == 0 ? Kind.UNKNOWN : kernel.kind(behind);
        if (chance(2) && !bitfields) {
            extra[at + 2] += 64;
        } else if (kind == Kind.INT) {
            int other = random.nextInt(1, 64);
            extra[at + 1] = kernel.kind(other) == Kind.INT ? other : type;
        }
    }
}
