package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.Point;
import dev.assay.statistics.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {
    @ParameterizedTest
    @CsvSource({"18.2437, 18.11, 18.37, 18.24 ns", "18.2437, 17, 19, 18.2 ns", "18.2437, 10, 30, 18 ns",
        "18.2437, 18.2436, 18.2438, 18.244 ns", "1234.5, 1200, 1260, 1.235 µs", "0.4, 0.39, 0.41, 400 ps",
        "2.5e9, 2.4e9, 2.6e9, 2.50 s", "0, -1, 1, 0.0 ns"})
    void digitsStopWhereTheIntervalLeavesDoubt(double value, double low, double high, String text) {
        assertThat(Quantity.of("ns", List.of(value)).text(value, new Interval(low, high, 0.95))).isEqualTo(text);
    }

    @Test
    void valuesOfATableShareAUnitWhileTheyCanBeCompared() {
        Quantity near = Quantity.of("ns", List.of(1.2, 3.4, 900.0));
        assertThat(near.unit()).isEqualTo("ns");
        assertThat(near.text(900, new Interval(890, 910, 0.95))).isEqualTo("900 ns");
        Quantity far = Quantity.of("ns", List.of(1.2, 3_400_000.0));
        assertThat(far.unit()).isEmpty();
        assertThat(far.plain(3_400_000)).isEqualTo("3.40 ms");
        assertThat(far.plain(1.2)).isEqualTo("1.20 ns");
    }

    @Test
    void unknownUnitsAreLeftAsTheyAre() {
        assertThat(Quantity.of("cycles", List.of(1234.0)).plain(1234)).isEqualTo("1234 cycles");
        assertThat(Quantity.of("GB/s", List.of(0.25)).plain(0.25)).isEqualTo("250 MB/s");
        assertThat(Quantity.of("bytes", List.of(4096.0)).plain(4096)).isEqualTo("4.00 KiB");
    }

    @Test
    void whatIsNotANumberIsSaidInWords() {
        Quantity quantity = Quantity.of("ns", List.of(Double.NaN));
        assertThat(quantity.plain(Double.NaN)).isEqualTo("not a number");
        assertThat(quantity.interval(3, Interval.unbounded(0.95))).isEqualTo("−∞ – ∞");
        assertThat(quantity.plusMinus(3, Interval.unbounded(0.95))).isEqualTo("± ?");
        assertThat(quantity.plusMinus(3, new Interval(2.5, 3.2, 0.95))).isEqualTo("± 0.50");
    }

    @ParameterizedTest
    @CsvSource({"4096, 4 KiB", "1536, 1.5 KiB", "1, 1 B", "33554432, 32 MiB", "49152, 48 KiB", "1073741824, 1 GiB"})
    void sizesAreWrittenInPowersOfTwo(long bytes, String text) {
        assertThat(Coordinates.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void placesAreWrittenAsOneSaysThem() {
        assertThat(Coordinates.text(Point.of("threads", 1))).isEqualTo("1 thread");
        assertThat(Coordinates.text(Point.of("threads", 8))).isEqualTo("8 threads");
        assertThat(Coordinates.text(Point.of("from", 0, "to", 3))).isEqualTo("0 → 3");
        assertThat(Coordinates.text(Point.of("workingSetBytes", 2048))).isEqualTo("2 KiB");
        assertThat(Coordinates.title("workingSetBytes")).isEqualTo("working set");
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0.3 s", "9.2, 9.2 s", "48, 48 s", "200, 3 min 20 s", "240, 4 min", "4320, 72 min",
        "7260, 2 h 1 min"})
    void durationsAreWrittenAsPeopleSayThem(double seconds, String text) {
        assertThat(Wording.duration(seconds)).isEqualTo(text);
    }
}
