package dev.assay.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.statistics.Knee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
    @TempDir
    Path folder;

    private Models.Table table(String text) throws IOException {
        return Models.Table.read(Files.writeString(folder.resolve("table.csv"), text));
    }

    @Test
    void thePauseModelFindsBothBandwidths() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("heap,live,pause\n");
        for (int i = 1; i <= 30; i++) {
            double heap = 1e9 * (1 + i % 7);
            double live = 2e8 * (1 + i % 5);
            text.append(heap).append(',').append(live).append(',')
                    .append(0.001 + heap / 50e9 + live / 5e9 + 1e-4 * random.nextGaussian()).append('\n');
        }
        Models.Pause pause = Models.pause(table(text.toString()));
        assertThat(pause.fit().parameter("seconds-per-heap-byte").interval().contains(1 / 50e9)).isTrue();
        assertThat(pause.bandwidth("seconds-per-live-byte")).isBetween(4.5e9, 5.5e9);
        assertThat(Models.residualPlot(pause.fit().residuals())).hasSize(30);
    }

    @Test
    void aKneeIsFoundWhereTheLineBends() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 1; i <= 20; i++) {
            text.append(i).append(',').append(i < 12 ? 100 - 4 * i : 56).append(".0").append(i % 3).append('\n');
        }
        assertThat(Models.knee(table(text.toString()))).isInstanceOfSatisfying(Knee.Found.class,
                found -> assertThat(found.at()).isBetween(10.8, 11.2));
    }

    @Test
    void aTableOfAnotherFormIsRefusedWithItsLine() {
        assertThatThrownBy(() -> table("x,y\n1,2\n3,four\n")).isInstanceOf(DecideException.class)
                .hasMessageContaining("table.csv:3: 'four' is not a finite number");
        assertThatThrownBy(() -> table("x,y\n1\n")).hasMessageContaining(":2: 1 cells under 2 names");
        assertThatThrownBy(() -> Models.knee(table("x,z\n1,2\n"))).hasMessageContaining("no column 'y'; it has [x, z]");
        assertThatThrownBy(() -> table("x,y\n1,NaN\n")).hasMessageContaining("not a finite number");
    }
}
