package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TypeQueryTest {
    private final Btf kernel = Subjects.kernel();

    @Test
    void findsFieldsByPathThroughArraysAndStructs() {
        assertThat(place("task_struct.comm[3]").bitOffset()).isEqualTo(384 + 24);
        assertThat(place("struct task_struct.thread_info.cpu").bitOffset()).isEqualTo(64);
        assertThat(place("task_struct.pid").bitSize()).isEqualTo(32);
    }

    private TypeQuery.Place place(String text) {
        return TypeQuery.find(kernel, text).getFirst().field().orElseThrow();
    }

    @Test
    void whatIsNotThereIsAnsweredWithTheNearestName() {
        assertThatThrownBy(() -> TypeQuery.find(kernel, "task_strukt")).hasMessageContaining("task_struct");
        assertThatThrownBy(() -> TypeQuery.find(kernel, "task_struct.state")).hasMessageContaining("__state");
        assertThatThrownBy(() -> TypeQuery.find(kernel, "task_struct.comm[16]")).hasMessageContaining("[16]");
        assertThatThrownBy(() -> TypeQuery.find(kernel, "task_struct..pid")).isInstanceOf(BpfException.NotFound.class);
        assertThatThrownBy(() -> TypeQuery.find(kernel, "")).isInstanceOf(BpfException.NotFound.class);
    }

    @Test
    void drawsWhatSharesAWord() {
        String drawing = TypeLayout.draw(kernel, kernel.find("task_struct", false)[0], 40, 48);
        assertThat(drawing.lines().skip(1).findFirst().orElseThrow()).isEqualTo(
                "    40 | pid                           | tgid                          |");
    }

    @Test
    void aDifferenceBetweenKernelsNamesTheFieldAndBothPlaces() {
        BtfWriter writer = new BtfWriter();
        int u64 = writer.integer("unsigned long", 8, false);
        writer.composite(Kind.STRUCT, "task_struct", 16, Subjects.at("stack", u64, 0), Subjects.at("pid", u64, 64));
        Btf other = new Btf("other", writer.bytes(java.nio.ByteOrder.LITTLE_ENDIAN), null);
        var found = BtfDiff.type(kernel, other, "task_struct");
        assertThat(found).anyMatch(d -> d.field().equals("pid") && d.change() == BtfDiff.Change.RESIZED && d.before()
                .equals("pid_t at byte 40") && d.after().equals("unsigned long at byte 8"));
        assertThat(found).anyMatch(d -> d.field().equals("stack") && d.change() == BtfDiff.Change.MOVED);
        assertThat(found).anyMatch(d -> d.field().equals("comm") && d.change() == BtfDiff.Change.REMOVED);
        assertThat(BtfDiff.all(kernel, kernel)).isEmpty();
    }
}
