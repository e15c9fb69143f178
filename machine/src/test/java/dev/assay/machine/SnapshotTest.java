package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    @Test
    void aSetInThePathIsOneFilePerMember() {
        Root root = Root.of("== /cpu{4-5,9}/x\n{} {+64} {-4} {*2} {/2} {%2}\n", "a test");
        assertThat(root.word("/cpu4/x")).hasToString("4 68 0 8 2 0");
        assertThat(root.word("/cpu9/x")).hasToString("9 73 5 18 4 1");
        assertThat(root.exists("/cpu6/x")).isFalse();
    }

    @Test
    void linksBytesAndFilesThatMayNotBeReadAreKept() {
        Root root = Root.of("""
                # a comment
                == /driver -> ../../bus/pci/drivers/nvme
                == /bytes hex
                00 ff
                == /secret denied
                """, "a test");
        assertThat(root.link("/driver")).hasToString("nvme");
        assertThat(root.bytes("/bytes").orElse(new byte[0])).containsExactly(0, -1);
        assertThat(root.text("/secret")).isEqualTo(Reading.unreadable("no permission to read /secret"));
        assertThat(root.text("/driver").isKnown()).isFalse();
    }

    @Test
    void mistakesAreNamedWithTheirPlace() {
        assertThatThrownBy(() -> Root.of("hello\n", "mine")).hasMessageContaining("line 1 of mine");
        assertThatThrownBy(() -> Root.of("", "mine")).hasMessageContaining("at least one file");
        assertThatThrownBy(() -> Root.of("== relative\n", "mine")).hasMessageContaining("begins with /");
        assertThatThrownBy(() -> Root.of("== /a hex\nxyz\n", "mine")).hasMessageContaining("hexadecimal");
        assertThatThrownBy(() -> Root.of("== /a what\n", "mine")).hasMessageContaining("'what'");
        assertThatThrownBy(() -> Root.of("== /a{5-1}\n", "mine")).hasMessageContaining("5-1");
        assertThatThrownBy(() -> Root.of(many(), "mine"))
                .hasMessageContaining("at most");
    }

    private static String many() {
        StringBuilder text = new StringBuilder();
        for (char name = 'a'; name <= 'z'; name++) {
            text.append("== /").append(name).append("{0-7999}\n");
        }
        return text.toString();
    }

    @Property(tries = 300)
    void whatIsWrittenReadsBackTheSame(@ForAll("files") Map<String, byte[]> files) {
        TreeMap<String, Snapshot.Entry> entries = new TreeMap<>();
        files.forEach((path, content) -> entries.put(path, new Snapshot.Content(content)));
        Root root = Root.of(Snapshot.write(entries), "a test");
        files.forEach((path, content) -> assertThat(root.text(path).orElseThrow()).isEqualTo(new String(content,
                java.nio.charset.StandardCharsets.ISO_8859_1).stripTrailing()));
    }

    @Provide
    Arbitrary<Map<String, byte[]>> files() {
        Arbitrary<String> path = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(6)
                .map(name -> "/" + name);
        Arbitrary<byte[]> lines = Arbitraries.of("== /x", "\\== /y", "\\\\==", "plain", "", "  blanks", "a:b", "{3}",
                "\t").list().ofMaxSize(5).map(list -> String.join("\n", list).getBytes());
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
        return Arbitraries.maps(path, Arbitraries.oneOf(lines, bytes)).ofMinSize(1).ofMaxSize(5);
    }
}
