package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Damaged input is refused with a sentence or read; it never crashes, hangs or takes memory without bound. */
class FuzzTest {
    private static final byte[] BTF = BtfWriter.write(Subjects.kernel(), ByteOrder.LITTLE_ENDIAN);

    @Property(tries = 1500)
    void damagedBtfIsRefusedOrRead(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int damages) {
        byte[] bytes = damage(BTF, seed, damages);
        quietly(() -> {
            Btf btf = new Btf("damaged", bytes, null);
            CPrinter.header(btf);
            for (int id = 1; id < btf.endId(); id++) {
                TypeLayout.rows(btf, id);
                Declaration.of(btf, id);
            }
            BtfDiff.all(Subjects.kernel(), btf);
            CompatibilityCheck.check(Subjects.object("renamed.el.o"), btf);
        });
    }

    @Property(tries = 500)
    void damagedObjectsAreRefusedOrChecked(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int damages) {
        for (String name : new String[]{"fits.el.o", "renamed.el.o", "fits.eb.o"}) {
            byte[] bytes = damage(Subjects.bytes(name), seed, damages);
            quietly(() -> {
                ObjectFile object = ObjectFile.parse(name, bytes);
                CompatibilityCheck.check(object, Subjects.kernel());
                Disassembler.of(object);
                MapDefinitions.of(object);
                for (ObjectFile.Function function : object.functions()) {
                    ProgramLinker.link(object, Subjects.kernel(), Externals.of(object, Subjects.kernel()),
                            java.util.List.of(), function);
                }
            });
        }
    }

    @Property(tries = 1000)
    void noiseBehindAGoodHeaderIsRefusedOrRead(@ForAll long seed, @ForAll @IntRange(min = 0, max = 400) int length) {
        byte[] bytes = new byte[24 + length];
        new Random(seed).nextBytes(bytes);
        java.nio.ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort((short) Btf.MAGIC).put((byte) 1).put(
                (byte) 0).putInt(24).putInt(0).putInt(length / 4 * 4 / 2 / 4 * 4).putInt(length / 2).putInt(length / 2
                        / 4);
        quietly(() -> CPrinter.header(new Btf("noise", bytes, null)));
    }

    private static byte[] damage(byte[] good, long seed, int damages) {
        Random random = new Random(seed);
        byte[] bytes = random.nextInt(10) == 0
                ? java.util.Arrays.copyOf(good, random.nextInt(good.length))
                : good
                        .clone();
        for (int i = 0; i < damages && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(4) == 0 ? 0xff : random.nextInt(256));
        }
        return bytes;
    }

    private static void quietly(Runnable run) {
        try {
            run.run();
        } catch (BpfException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
