package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.litmus.TearingCase.Kind;
import dev.assay.litmus.TearingCase.Mode;
import dev.assay.litmus.TearingCase.Place;
import dev.assay.litmus.TearingRow.Code;
import dev.assay.litmus.TearingRow.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What x86-64 is known to do (Intel SDM volume 3, 9.1.1 and 9.2.5; AMD64 APM volume 2, 7.3.2) must come out of the experiment. */
class TearingTest {
    private static final Set<TearingCase> CHOSEN = Set.of(
            new TearingCase(Kind.NATIVE, 64, Mode.PLAIN, Place.ALIGNED, 0),
            new TearingCase(Kind.NATIVE, 64, Mode.PLAIN, Place.INSIDE_LINE, 4),
            new TearingCase(Kind.NATIVE, 64, Mode.PLAIN, Place.ACROSS_LINE, 60),
            new TearingCase(Kind.NATIVE, 64, Mode.VOLATILE, Place.ALIGNED, 0),
            new TearingCase(Kind.NATIVE, 64, Mode.VOLATILE, Place.ACROSS_LINE, 60),
            new TearingCase(Kind.BYTE_ARRAY_VIEW, 64, Mode.PLAIN, Place.ACROSS_LINE, 60),
            new TearingCase(Kind.DIRECT, 32, Mode.OPAQUE, Place.INSIDE_LINE, 2),
            new TearingCase(Kind.MACHINE_CODE, 128, Mode.MOVDQU, Place.ACROSS_LINE, 56),
            new TearingCase(Kind.MACHINE_CODE, 128, Mode.MOVDQA, Place.ACROSS_LINE, 56),
            new TearingCase(Kind.MACHINE_CODE, 128, Mode.CMPXCHG16B, Place.ALIGNED, 0));
    private static final int LONGEST_MILLIS = 3000;
    private static Tearing.Result result;

    @BeforeAll
    static void observeOnTwoProcessors() {
        assumeTrue(System.getProperty("os.arch").equals("amd64") && System.getProperty("os.name").equals("Linux"),
                "the rules are those of x86-64, and 128-bit accesses are tried on Linux only");
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "nothing tears on one processor");
        // An access is tried a hundred times as long while too little was seen.
        result = new Tearing(List.of(), 30).observe(CHOSEN::contains, (_, _) -> {});
    }

    private static TearingRow row(Kind memory, int bits, Mode mode, Place place, Code code) {
        return result.rows().stream().filter(r -> r.code() == code && r.at().memory() == memory
                && r.at().bits() == bits && r.at().mode() == mode && r.at().place() == place).findFirst().orElseThrow();
    }

    private static TearingRow plain(Place place, Code code) {
        return row(Kind.NATIVE, 64, Mode.PLAIN, place, code);
    }

    @Test
    void compiledPlainAccessesTearAcrossALineAndNowhereElse() {
        for (Code compiler : List.of(Code.C2, Code.C1)) {
            assertThat(plain(Place.ACROSS_LINE, compiler)).extracting(TearingRow::verdict).as(compiler.words())
                    .isEqualTo(Verdict.TEARS);
            for (Place inside : List.of(Place.ALIGNED, Place.INSIDE_LINE)) {
                TearingRow row = plain(inside, compiler);
                assertThat(row.verdict()).as(row.toString()).isEqualTo(Verdict.WHOLE);
                assertThat(row.seen().zeros()).isGreaterThan(100);
                assertThat(row.seen().ones()).isGreaterThan(100);
            }
        }
        assertThat(row(Kind.BYTE_ARRAY_VIEW, 64, Mode.PLAIN, Place.ACROSS_LINE, Code.C2).verdict())
                .isEqualTo(Verdict.TEARS);
    }

    @Test
    void whatIsAtomicIsWholeWhereItIsAlignedAndThrowsElsewhere() {
        assertThat(row(Kind.NATIVE, 64, Mode.VOLATILE, Place.ALIGNED, Code.C2).verdict()).isEqualTo(Verdict.WHOLE);
        assertThat(row(Kind.NATIVE, 64, Mode.VOLATILE, Place.ACROSS_LINE, Code.C2))
                .extracting(TearingRow::verdict, TearingRow::detail)
                .containsExactly(Verdict.THROWS, "IllegalArgumentException");
        assertThat(row(Kind.DIRECT, 32, Mode.OPAQUE, Place.INSIDE_LINE, Code.C2))
                .extracting(TearingRow::verdict, TearingRow::detail)
                .containsExactly(Verdict.THROWS, "IllegalStateException");
    }

    @Test
    void accessesOf128BitsTearOrTrapAcrossALineAndTheLockedOneIsWhole() {
        TearingRow unaligned = row(Kind.MACHINE_CODE, 128, Mode.MOVDQU, Place.ACROSS_LINE, Code.MACHINE_CODE);
        // Whether a load falls between the halves of a store is chance, and where lines move fast it is a small one.
        for (int millis = 100; unaligned.verdict() != Verdict.TEARS && millis <= LONGEST_MILLIS; millis *= 3) {
            unaligned = new Tearing(List.of(), millis).observe(unaligned.at()::equals, (_, _) -> {}).rows().getFirst();
        }
        assertThat(unaligned.verdict()).as(unaligned.toString()).isEqualTo(Verdict.TEARS);
        assertThat(row(Kind.MACHINE_CODE, 128, Mode.MOVDQA, Place.ACROSS_LINE, Code.MACHINE_CODE))
                .extracting(TearingRow::verdict, TearingRow::detail).containsExactly(Verdict.TRAPS, "SIGSEGV");
        assertThat(row(Kind.MACHINE_CODE, 128, Mode.CMPXCHG16B, Place.ALIGNED, Code.MACHINE_CODE).verdict())
                .isEqualTo(Verdict.WHOLE);
    }

    @Test
    void aStoreIntoHalfOfAWordIsSeenAsMixedHalvesAndNeverAsPartOfAStore() {
        assertThat(result.mixed()).extracting(Tearing.Mixed::partOfAStore).containsOnly(0L);
        assertThat(result.mixed()).allSatisfy(row -> assertThat(row.changes()).isGreaterThan(100));
        assertThat(result.mixed().getFirst().halvesDiffer()).isZero();
        assertThat(result.mixed().get(1).halvesDiffer()).isPositive();
        assertThat(result.mixed().get(1).example()).isEqualTo("0x00000000ffffffff");
    }

    @Test
    void theJsonCanBeComparedWithItself() {
        String json = TearingJson.of(result);
        TearingComparison same = TearingComparison.of("a", json, "b", json);
        assertThat(same.count(TearingComparison.Relation.DIFFERENT)).isZero();
        assertThat(same.count(TearingComparison.Relation.SAME)).isPositive();
    }

    @Test
    void everyMisalignmentOfEveryWidthIsTriedInsideALineAcrossALineAndAcrossAPage() {
        List<TearingCase> cases = Tearing.cases("amd64");
        for (Kind memory : List.of(Kind.BYTE_ARRAY_VIEW, Kind.DIRECT, Kind.MAPPED, Kind.NATIVE)) {
            for (int bits : new int[]{16, 32, 64}) {
                for (Place place : List.of(Place.INSIDE_LINE, Place.ACROSS_LINE, Place.ACROSS_PAGE)) {
                    assertThat(cases)
                            .filteredOn(c -> c.memory() == memory && c.bits() == bits && c.mode() == Mode.CAS
                                    && c.place() == place)
                            .hasSize(bits / 8 - 1);
                }
            }
        }
        assertThat(cases).filteredOn(c -> c.place() == Place.ACROSS_LINE)
                .allMatch(c -> c.offset() < 64 && c.offset() + c.bits() / 8 > 64);
        assertThat(cases).filteredOn(c -> c.place() == Place.ACROSS_PAGE)
                .allMatch(c -> c.offset() < 4096 && c.offset() + c.bits() / 8 > 4096);
        assertThat(Tearing.cases("riscv64")).noneMatch(c -> c.memory() == Kind.MACHINE_CODE);
    }
}
