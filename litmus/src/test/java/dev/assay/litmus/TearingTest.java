package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.litmus.TearingCase.Kind;
import dev.assay.litmus.TearingCase.Mode;
import dev.assay.litmus.TearingCase.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class TearingTest {
    @Test
    void everyMisalignmentOfEveryWidthIsTriedInsideALineAcrossALineAndAcrossAPage() {
        List<TearingCase> cases = Tearing.cases("amd64");
        for (int bits : new int[]{16, 32, 64}) {
            for (Place place : List.of(Place.INSIDE_LINE, Place.ACROSS_LINE, Place.ACROSS_PAGE)) {
                assertThat(cases)
                        .filteredOn(c -> c.memory() == Kind.NATIVE && c.bits() == bits && c.mode() == Mode.PLAIN
                                && c.place() == place)
                        .hasSize(bits / 8 - 1);
            }
        }
        assertThat(cases).filteredOn(c -> c.place() == Place.ACROSS_LINE)
                .allMatch(c -> c.offset() < 64 && c.offset() + c.bits() / 8 > 64);
        assertThat(Tearing.cases("aarch64")).noneMatch(c -> c.memory() == Kind.MACHINE_CODE);
    }

    @Test
    void everyModeMakesLoopsWhoseLoadsSeeWhatWasStored() throws Throwable {
        for (Mode mode : List.of(Mode.PLAIN, Mode.OPAQUE, Mode.ACQUIRE_RELEASE, Mode.VOLATILE, Mode.CAS)) {
            TearingAccess access = TearingAccess.of(Kind.NATIVE, 64, mode);
            assertThat(access.read(0, 3, -1L)).as(mode.words()).isEqualTo(3L << 32);
            access.write(0, 2);
            assertThat(access.read(0, 3, -1L)).as(mode.words()).isZero();
        }
    }
}
