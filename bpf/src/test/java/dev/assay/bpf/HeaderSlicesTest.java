package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Headers of so many types that several threads write them. */
class HeaderSlicesTest {
    private static final int STRUCTS = 6000;

    /** Structs that hold one another, every tenth of the same name, and what {@code middle} adds half way. */
    private static Btf many(Consumer<BtfWriter> middle) {
        BtfWriter writer = new BtfWriter();
        int before = writer.integer("int", 4, true);
        for (int i = 0; i < STRUCTS; i++) {
            before = writer.composite(Kind.STRUCT, i % 10 == 0 ? "same" : "one" + i, 4, Subjects.at("value", i % 50 == 0
                    ? 1
                    : before, 0));
            if (i == STRUCTS / 2) {
                middle.accept(writer);
            }
        }
        return new Btf("many", writer.bytes(ByteOrder.LITTLE_ENDIAN), null);
    }

    @Test
    void theSlicesAreTheTextThatOneThreadWrites() {
        Btf btf = many(_ -> {});
        COrder order = new COrder(btf, _ -> {}).all();
        Text whole = new Text(1 << 10);
        new CPrinter(btf, order, whole).print(0, order.length());
        ByteArrayOutputStream sliced = new ByteArrayOutputStream();
        for (int i = 0; i < 5; i++) {
            sliced.reset();
            HeaderSlices.of(btf).forEach(sliced::writeBytes);
            assertThat(sliced.toString(StandardCharsets.ISO_8859_1)).isEqualTo(whole.toString());
        }
        assertThat(whole.toString()).contains("struct same___600 {").doesNotContain("same___601");
    }

    @Test
    void whatCannotBePlacedEndsEveryThread() {
        Btf btf = many(w -> w.composite(Kind.STRUCT, "lost", 4, Subjects.at("value", 1 << 20, 0)));
        assertThatThrownBy(() -> HeaderSlices.of(btf)).isInstanceOf(BpfException.Malformed.class).hasMessageContaining(
                "does not exist");
    }

    @Test
    void whatCannotBeWrittenIsToldWhicheverThreadFoundIt() {
        Btf btf = many(w -> w.composite(Kind.STRUCT, "unsized", 4, Subjects.at("value", w.referring(Kind.FUNC, "call",
                1), 0)));
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> HeaderSlices.of(btf)).isInstanceOf(BpfException.Malformed.class)
                    .hasMessageContaining("has no size");
        }
    }
}
