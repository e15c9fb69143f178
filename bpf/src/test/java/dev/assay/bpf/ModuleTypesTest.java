package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Types that only a module has, on top of the kernel's. */
class ModuleTypesTest {
    /** Split BTF with one struct: its name, and a member {@code tgid} of the base's type 1 at a byte offset. */
    private static Btf module(Btf base, String name, int byteOffset) {
        int strings = base.strings().end();
        byte[] names = (name + "\0tgid\0").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(24 + 24 + names.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) Btf.MAGIC).put((byte) 1).put((byte) 0).putInt(24).putInt(0).putInt(24).putInt(24).putInt(
                names.length);
        bytes.putInt(strings).putInt(Kind.STRUCT.ordinal() << 24 | 1).putInt(64);
        bytes.putInt(strings + name.length() + 1).putInt(1).putInt(8 * byteOffset).put(names);
        return new Btf("module " + name, bytes.array(), base);
    }

    private static Btf kernelWithoutTasks() {
        BtfWriter writer = new BtfWriter();
        writer.integer("int", 4, true);
        return new Btf("kernel", writer.bytes(ByteOrder.LITTLE_ENDIAN), null);
    }

    private static CoreRelocator.Result first(Btf kernel, List<Btf> modules) {
        ObjectFile object = Subjects.object("fits.el.o");
        BtfExt.Relocation record = object.ext().relocations().values().iterator().next().stream()
                .filter(r -> r.kind() == RelocationKind.FIELD_EXISTS.ordinal()).findFirst().orElseThrow();
        return new CoreRelocator(object.btf().orElseThrow(), kernel, ByteOrder.LITTLE_ENDIAN, () -> modules).resolve(
                record);
    }

    @Test
    void aTypeThatTheKernelLacksIsFoundInAModule() {
        Btf kernel = kernelWithoutTasks();
        Btf module = module(kernel, "task_struct", 12);
        CoreRelocator.Result result = first(kernel, List.of(module(kernel, "other", 0), module));
        assertThat(result.target()).isSameAs(module);
        assertThat(result.found().orElseThrow().bitOffset()).isEqualTo(96);
        assertThat(first(kernel, List.of()).found()).isEmpty();
    }

    @Test
    void theKernelsOwnTypeComesBeforeThatOfAModule() {
        Btf kernel = Subjects.kernel();
        CoreRelocator.Result result = first(kernel, List.of(module(kernel, "task_struct", 12)));
        assertThat(result.target()).isSameAs(kernel);
        assertThat(result.found().orElseThrow().bitOffset()).isEqualTo(352);
    }

    @Test
    void modulesAreReadOnlyBesideTheRunningKernel() {
        assertThat(BtfFile.modules(Subjects.kernel())).isEmpty();
        Available.kernelTypes();
        Btf kernel = BtfFile.kernel();
        assertThat(BtfFile.modules(kernel)).allMatch(m -> m.firstId() == kernel.endId());
    }
}
