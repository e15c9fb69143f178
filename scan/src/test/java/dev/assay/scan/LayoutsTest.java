package dev.assay.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

class LayoutsTest {
    private static final Path CLASSES = Path.of("target/test-classes");

    @SuppressWarnings("unused")
    static class Counters {
        volatile long left;
        volatile long right;
        int plain;
        byte small;
        String name;
    }

    @SuppressWarnings("unused")
    static final class More extends Counters {
        volatile int own;
        short s;
    }

    private static ObjectLayout layout(Class<?> type, boolean compact) {
        return Layouts.of(List.of(CLASSES), Set.of(type.getName()), compact).getFirst();
    }

    @Test
    void the_model_agrees_with_the_running_vm() {
        for (Class<?> type : List.of(Counters.class, More.class)) {
            ClassLayout real = ClassLayout.parseClass(type);
            ObjectLayout modelled = layout(type, false);
            assertThat(modelled.sizeBytes()).isEqualTo(real.instanceSize());
            assertThat(modelled.fields().stream().map(place -> place.name() + "@" + place.offsetBytes()).toList())
                    .isEqualTo(real.fields().stream().map(field -> field.name() + "@" + field.offset()).toList());
        }
    }

    @Test
    void compact_headers_take_four_bytes_less() {
        assertThat(layout(Counters.class, false).headerBytes()).isEqualTo(12);
        assertThat(layout(Counters.class, true).headerBytes()).isEqualTo(8);
    }

    @Test
    void volatile_neighbours_share_a_line_and_the_drawing_says_so() {
        ObjectLayout layout = layout(Counters.class, false);
        assertThat(layout.sharedLines(64)).containsExactly("left and right");
        assertThat(layout.suggestedPaddingBytes(128)).isEqualTo(128);
        assertThat(layout.text(64)).contains("shares a line: left and right").contains("* written alone");
        assertThat(layout.svg(64)).startsWith("<svg").contains("<title>left at").endsWith("</svg>\n");
    }

    @Test
    void a_class_that_is_not_there_is_a_usage_error() {
        assertThatThrownBy(() -> Layouts.of(List.of(CLASSES), Set.of("no.Such"), false))
                .isInstanceOf(ScanException.Usage.class).hasMessageContaining("no.Such");
    }
}
