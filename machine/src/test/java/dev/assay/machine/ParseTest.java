package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParseTest {
    @Property(tries = 300)
    void aListReadsBackAsTheSameSet(@ForAll Set<@IntRange(max = 2000) Integer> members) {
        BitSet set = new BitSet();
        members.forEach(set::set);
        assertThat(Parse.set(Parse.list(set))).isEqualTo(set);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3-1", "-1", "1-", "a", "0-8192", "1,,2", "99999999999999999999", "0x3"})
    void listsThatAreNoneAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Parse.set(text));
    }

    @Property(tries = 300)
    void namesHaveATotalOrder(@ForAll @Size(3) List<String> names) {
        for (String a : names) {
            for (String b : names) {
                assertThat(Integer.signum(Parse.NATURAL.compare(a, b))).isEqualTo(-Integer.signum(Parse.NATURAL
                        .compare(b, a)));
                assertThat(Parse.NATURAL.compare(a, b) == 0).isEqualTo(a.equals(b));
            }
        }
    }

    @Test
    void sizesCarryTheirUnit() {
        assertThat(Parse.bytes("32K")).isEqualTo(32768);
        assertThat(Parse.bytes("24684084 kB")).isEqualTo(24684084L << 10);
        assertThat(Parse.bytes("1G")).isEqualTo(1 << 30);
        assertThat(Parse.bytes("512")).isEqualTo(512);
        assertThatIllegalArgumentException().isThrownBy(() -> Parse.bytes("9223372036854775807K"));
        assertThatIllegalArgumentException().isThrownBy(() -> Parse.bytes("K"));
        assertThatIllegalArgumentException().isThrownBy(() -> Parse.bytes("5 apples"));
    }

    @Test
    void quantitiesReadWell() {
        assertThat(Text.bytes(32 << 10)).isEqualTo("32 KiB");
        assertThat(Text.bytes(1280 << 10)).isEqualTo("1.25 MiB");
        assertThat(Text.bytes(100 << 20)).isEqualTo("100 MiB");
        assertThat(Text.bytes(0)).isEqualTo("0 B");
        assertThat(Text.bytes(Limits.UNLIMITED)).isEqualTo("unlimited");
    }

    @Test
    void whatAMessageShowsIsShortAndPrintable() {
        assertThat(Parse.shown("a\u0007\nb" + "x".repeat(200))).hasSize(61).startsWith("a??bx");
    }
}
