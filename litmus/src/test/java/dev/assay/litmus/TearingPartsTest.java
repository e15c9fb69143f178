package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.litmus.TearingCase.Kind;
import dev.assay.litmus.TearingCase.Mode;
import dev.assay.litmus.TearingComparison.Relation;
import dev.assay.litmus.TearingRow.Verdict;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TearingPartsTest {
    private static final String ROW = "{\"memory\":\"native memory\",\"bits\":64,\"mode\":\"plain\",\"code\":\"C2\","
            + "\"place\":\"across a line\",\"offset\":%d,\"verdict\":\"%s\"}";

    private static String document(String platform, String... rows) {
        return "{\"schema\":\"assay.tearing/1\",\"platform\":\"" + platform + "\",\"rows\":[" + String.join(",", rows)
                + "]}";
    }

    private static Relation relation(String here, String there) {
        return TearingComparison.of("a", here, "b", there).lines().getFirst().relation();
    }

    @Test
    void loadsThatMetOneValueOnlyProveNothing() {
        assertThat(new Tally(1_000_000, 1_000_000, 0, 1).verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(new Tally(1_000_000, 999_990, 10, 20).verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(new Tally(1_000_000, 600_000, 400_000, 50_000).verdict()).isEqualTo(Verdict.WHOLE);
        assertThat(new Tally(1_000_000, 600_000, 399_999, 50_000).verdict()).isEqualTo(Verdict.TEARS);
    }

    @Test
    void aWriterThatStoresNothingIsFoundOut() {
        TearingAccess access = TearingAccess.of(Kind.NATIVE, 64, Mode.PLAIN);
        long[] counts = new Race(1_000_000, 1_000_000).run(_ -> {}, seen -> access.read(0, 1000, seen));
        assertThat(Tally.of(counts).loads()).isPositive();
        assertThat(Tally.of(counts).verdict()).isEqualTo(Verdict.UNCHANGED);
    }

    @Test
    void everyModeMakesLoopsWhoseLoadsSeeWhatWasStored() throws Throwable {
        for (Kind memory : new Kind[]{Kind.HEAP_ARRAY, Kind.NATIVE, Kind.MAPPED}) {
            for (Mode mode : Mode.java()) {
                TearingAccess access = TearingAccess.of(memory, 64, mode);
                long at = access.coordinate(access.address(), 0);
                access.clear();
                access.write(at, 2, 0);
                long[] seen = new long[Tally.WIDTH];
                access.read(at, 3, seen);
                assertThat(Tally.of(seen)).as(memory + " " + mode).isEqualTo(new Tally(3, 0, 3, 1));
            }
        }
    }

    @Test
    void theHeapAddressOfAByteArrayLeadsToTheBorderOfAPage() {
        TearingAccess access = TearingAccess.of(Kind.BYTE_ARRAY_VIEW, 64, Mode.PLAIN);
        long address = access.address();
        assertThat((address + access.coordinate(address, 4092)) % 4096).isEqualTo(4092);
    }

    @Test
    void aTrapIsMetInACopyOfTheProcess() {
        assumeTrue(TrapProbe.supported() && System.getProperty("os.arch").equals("amd64"), "movdqa is x86-64 code");
        try (MachineLoop loop = new MachineLoop(Mode.MOVDQA)) {
            assertThatThrownBy(() -> loop.observe(8, new Race(1, 1))).isInstanceOf(MachineLoop.TrapException.class)
                    .hasMessage("SIGSEGV");
            assertThat(loop.observe(16, new Race(1_000_000, 1_000_000)).loads()).isPositive();
        }
    }

    @Test
    void platformsAreComparedByWhatBecomesOfAnAccess() {
        String tears = document("x", ROW.formatted(60, "tears"));
        assertThat(relation(tears, document("y", ROW.formatted(60, "tears")))).isEqualTo(Relation.SAME);
        assertThat(relation(tears, document("y", ROW.formatted(60, "traps")))).isEqualTo(Relation.DIFFERENT);
        assertThat(relation(tears, document("y", ROW.formatted(60, "saw no change")))).isEqualTo(Relation.CANNOT_TELL);
        assertThat(relation(tears, document("y", ROW.formatted(61, "tears")))).isEqualTo(Relation.CANNOT_TELL);
        assertThat(relation(tears, document("y"))).isEqualTo(Relation.ONE_ONLY);
    }

    @Test
    void whatIsNoAnswerIsRefusedByName() {
        String good = document("x", ROW.formatted(60, "tears"));
        assertThatThrownBy(() -> TearingComparison.of("here.json", "no JSON", "b", good))
                .isInstanceOf(LitmusException.class).hasMessageContaining("here.json is no JSON");
        assertThatThrownBy(() -> TearingComparison.of("a", good, "there.json", "{\"schema\":\"other/1\"}"))
                .isInstanceOf(LitmusException.class).hasMessageContaining("there.json").hasMessageContaining("schema");
        assertThatThrownBy(() -> TearingComparison.of("here.json", document("x", "{\"memory\":\"m\"}"), "b", good))
                .isInstanceOf(LitmusException.class).hasMessageContaining("here.json holds a row without");
    }

    @Property(tries = 500)
    void anyCutOrChangedAnswerIsReadOrRefused(@ForAll int cut, @ForAll char other) {
        String good = document("x", ROW.formatted(60, "tears"), ROW.formatted(61, "throws"));
        int at = Math.floorMod(cut, good.length());
        for (String bad : new String[]{good.substring(0, at), good.substring(0, at) + other + good.substring(at + 1)}) {
            try {
                assertThat(TearingComparison.of("a", bad, "b", good).lines()).isNotNull();
            } catch (LitmusException e) {
                assertThat(e.getMessage()).startsWith("a ");
            }
        }
    }
}
