package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BtfTest {
    @Test
    void writesWhatItReadInEitherByteOrder() {
        Btf kernel = Subjects.kernel();
        for (ByteOrder order : new ByteOrder[]{ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            Btf again = new Btf("again", BtfWriter.write(kernel, order), null);
            assertThat(again.order()).isEqualTo(order);
            assertThat(CPrinter.header(again)).isEqualTo(CPrinter.header(kernel));
        }
    }

    @Test
    void objectsOfClangRoundTripToo() {
        for (String name : new String[]{"fits.el.o", "fits.eb.o"}) {
            Btf btf = Subjects.object(name).btf().orElseThrow();
            Btf again = new Btf("again", BtfWriter.write(btf, ByteOrder.LITTLE_ENDIAN), null);
            assertThat(again.endId()).isEqualTo(btf.endId());
            assertThat(CPrinter.header(again)).isEqualTo(CPrinter.header(btf));
        }
    }

    @Test
    void splitTypesContinueTheNumbersAndStringsOfTheirBase() {
        Btf base = Subjects.kernel();
        // A module's strings begin where the base's end, so its own name offsets are written by hand.
        int strings = ByteBuffer.wrap(BtfWriter.write(base, ByteOrder.LITTLE_ENDIAN)).order(ByteOrder.LITTLE_ENDIAN)
                .getInt(20);
        ByteBuffer module = ByteBuffer.allocate(24 + 24 + 6).order(ByteOrder.LITTLE_ENDIAN);
        module.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24).putInt(0).putInt(24).putInt(24).putInt(
                6);
        module.putInt(strings).putInt(Kind.STRUCT.ordinal() << 24 | 1).putInt(4);
        module.putInt(strings).putInt(1).putInt(0).put("mine\0\0".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Btf split = new Btf("module", module.array(), base);
        assertThat(split.firstId()).isEqualTo(base.endId());
        assertThat(split.name(split.firstId())).isEqualTo("mine");
        assertThat(split.member(split.firstId(), 0)).isEqualTo(new Btf.Member("mine", 1, 0, 0));
        assertThat(split.find("task_struct", false)).containsExactly(base.find("task_struct", false));
        assertThat(split.sizeOf(split.find("task_struct", false)[0])).isEqualTo(64);
    }

    @Test
    void aKindThatIsNewerThanThisReaderIsSteppedOverByTheLayoutOfALongHeader() {
        ByteBuffer bytes = ByteBuffer.allocate(32 + 44 + 4 * 22).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(32).putInt(0).putInt(36).putInt(36).putInt(5)
                .putInt(44).putInt(4 * 22);
        // Kind 21 with 8 bytes behind it, then a plain int.
        bytes.putInt(0).putInt(21 << 24).putInt(0).putInt(7).putInt(7);
        bytes.putInt(1).putInt(Kind.INT.ordinal() << 24).putInt(4).putInt(32);
        bytes.put("\0int\0".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        bytes.position(32 + 44 + 4 * 21).put((byte) 8).put((byte) 0);
        Btf btf = new Btf("newer", bytes.array(), null);
        assertThat(btf.endId()).isEqualTo(3);
        assertThat(btf.name(2)).isEqualTo("int");
        assertThat(btf.kind(1)).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void readsGzip() throws IOException {
        byte[] raw = BtfWriter.write(Subjects.kernel(), ByteOrder.LITTLE_ENDIAN);
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(raw);
        }
        assertThat(BtfFile.unpack("packed", packed.toByteArray())).isEqualTo(raw);
        assertThatThrownBy(() -> BtfFile.unpack("cut", Arrays.copyOf(packed.toByteArray(), 30))).isInstanceOf(
                BpfException.Malformed.class).hasMessageContaining("cut");
    }

    @Test
    void malformedBytesAreRefusedWithTheirPlace() {
        byte[] good = BtfWriter.write(Subjects.kernel(), ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> new Btf("short", new byte[10], null)).hasMessageContaining("24 bytes");
        assertThatThrownBy(() -> new Btf("text", "just some text that is no BTF".getBytes(
                java.nio.charset.StandardCharsets.UTF_8), null)).hasMessageContaining("eb9f");
        byte[] kind = good.clone();
        kind[24 + 7] = 99;
        assertThatThrownBy(() -> new Btf("kind", kind, null)).hasMessageContaining("type at byte 0")
                .hasMessageContaining(
                        "kind 99");
        byte[] length = good.clone();
        length[12] = (byte) 0xff;
        length[14] = 0x7f;
        assertThatThrownBy(() -> new Btf("length", length, null)).hasMessageContaining("types");
    }

    @Test
    void aTypeThatIsMadeOfItselfIsRefusedNotFollowedForEver() {
        BtfWriter writer = new BtfWriter();
        writer.referring(Kind.TYPEDEF, "loop", 2);
        writer.referring(Kind.CONST, "", 1);
        writer.composite(Kind.STRUCT, "inner", 8, Subjects.at("self", 3, 0));
        Btf btf = new Btf("loops", writer.bytes(ByteOrder.LITTLE_ENDIAN), null);
        assertThatThrownBy(() -> btf.resolve(1)).isInstanceOf(BpfException.Malformed.class);
        assertThatThrownBy(() -> CPrinter.header(btf)).isInstanceOf(BpfException.Malformed.class);
        assertThatThrownBy(() -> TypeLayout.rows(new Btf("anonymous", anonymousLoop(), null), 1)).isInstanceOf(
                BpfException.Malformed.class);
    }

    @Test
    void aPointerToItselfIsRefusedNotFollowedForEver() {
        BtfWriter writer = new BtfWriter();
        writer.referring(Kind.PTR, "", 1);
        writer.composite(Kind.STRUCT, "holder", 8, Subjects.at("self", 1, 0));
        Btf btf = new Btf("loops", writer.bytes(ByteOrder.LITTLE_ENDIAN), null);
        assertThatThrownBy(() -> CPrinter.header(btf)).isInstanceOf(BpfException.Malformed.class);
        assertThatThrownBy(() -> Declaration.of(btf, 1)).isInstanceOf(BpfException.Malformed.class);
    }

    private static byte[] anonymousLoop() {
        BtfWriter writer = new BtfWriter();
        writer.composite(Kind.STRUCT, "outer", 8, Subjects.at("", 1, 0));
        return writer.bytes(ByteOrder.LITTLE_ENDIAN);
    }
}
