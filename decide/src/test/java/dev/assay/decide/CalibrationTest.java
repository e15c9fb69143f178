package dev.assay.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
    @TempDir
    Path folder;

    /** Blocks with a known spread. */
    static Calibration simulated(double spread, long seed) {
        Random random = new Random(seed);
        List<Calibration.Trial> trials = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            for (double injected : new double[]{0, 0.01, 0.02, 0.05, 0.1}) {
                List<Double> logs = new ArrayList<>();
                for (int block = 0; block < 12; block++) {
                    logs.add(Math.log(1 + injected) + spread * random.nextGaussian());
                }
                trials.add(new Calibration.Trial(injected, 1 + injected, logs, 0.1));
            }
        }
        return new Calibration("machine", Instant.parse("2026-01-01T00:00:00Z"), 1.2, 0.95, 0.01, trials);
    }

    @Test
    void falseAlarmsAreRareAndIntervalsHoldTheTruth() {
        Calibration calibration = simulated(0.02, 1);
        assertThat(calibration.falseAlarms().orElseThrow().value()).isLessThanOrEqualTo(0.05);
        assertThat(calibration.coverage().orElseThrow().value()).isGreaterThan(0.94);
    }

    @Test
    void aNoisierMachineSeesLessAndMoreTimeShowsMore() {
        double quiet = simulated(0.005, 2).smallestEffect().orElseThrow();
        double noisy = simulated(0.03, 2).smallestEffect().orElseThrow();
        assertThat(quiet).isLessThan(0.03).isLessThan(noisy);
        assertThat(simulated(0.03, 2).doubt(0.01)).isPresent();
        var powers = simulated(0.03, 3).powers().stream().filter(p -> p.injected() == 0.05).toList();
        assertThat(powers).extracting(p -> p.found().hits()).isSorted();
    }

    @Test
    void itIsKeptAndReadBackOnItsOwnMachineOnly() throws Exception {
        Calibration calibration = simulated(0.02, 4);
        Path file = folder.resolve("deep/calibration.json");
        CalibrationFile.save(calibration, file);
        assertThat(CalibrationFile.parse(file)).isEqualTo(calibration);
        assertThat(CalibrationFile.load(file, Machine.read())).as("another machine's").isEmpty();
        Files.writeString(file, "{\"schema\":\"assay.calibration/1\",\"trials\":[");
        assertThatThrownBy(() -> CalibrationFile.parse(file)).isInstanceOf(DecideException.class)
                .hasMessageContaining("run assay calibrate");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aShortCalibrationOfThisMachineGoesThroughRealComparisons() {
        try (Calibrator calibrator = new Calibrator(Machine.read(), Duration.ofSeconds(8), Duration.ofSeconds(1), 0.95,
                0.01, 1, folder)) {
            Calibration.Trial control = calibrator.next();
            Calibration.Trial slowed = calibrator.next();
            assertThat(control.injected()).isZero();
            assertThat(slowed.injected()).isEqualTo(0.05);
            assertThat(slowed.trueRatio()).isBetween(1.02, 1.05);
            assertThat(slowed.logRatios()).isNotEmpty();
            assertThat(calibrator.calibration().trials()).hasSize(2);
        }
    }

    @Test
    void tooLittleTimeIsRefusedWithTheLeast() {
        assertThatThrownBy(
                () -> new Calibrator(Machine.read(), Duration.ofSeconds(5), Duration.ofSeconds(1), 0.95, 0.01,
                        1, folder))
                .isInstanceOf(DecideException.class).hasMessageContaining("raise --budget");
    }
}
