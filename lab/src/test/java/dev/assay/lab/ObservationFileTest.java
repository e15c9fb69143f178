package dev.assay.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservationFileTest {
    private static final Observation OBSERVATION = new Observation(
            Map.of(Point.NONE, List.of(1.0, 2.5), Point.of("from", 0, "to", 1), List.of(3e-9)),
            Map.of("code\tBytes", 3.0),
            List.of(new Observation.Check("the sum\nis exact", true)),
            List.of(new Doubt(Doubt.Kind.PAGES, "no huge\\pages", "reserve some")), 42);

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenReadsBackEqual() throws IOException {
        Path file = folder.resolve("observation.txt");
        ObservationFile.write(OBSERVATION, file);
        assertThat(ObservationFile.read(file)).isEqualTo(OBSERVATION);
    }

    @Test
    void aFileThatWasCutOffIsRefused() throws IOException {
        Path file = folder.resolve("observation.txt");
        ObservationFile.write(OBSERVATION, file);
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, lines.size() - 1));
        assertThatThrownBy(() -> ObservationFile.read(file)).isInstanceOf(IOException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void numbersThatAreNoneAreRefusedWithTheirLine() throws IOException {
        Path file = folder.resolve("observation.txt");
        for (String line : List.of("values\t\tNaN", "values\t\tInfinity", "values\t\tfive", "values\tx=1",
                "values\t=\t1",
                "figure\tx", "what\tis this", "nanos\t", "doubt\tunheard-of\ta\tb")) {
            Files.writeString(file, "assay.observation/1\n" + line + "\nend\n");
            assertThatThrownBy(() -> ObservationFile.read(file)).as(line).isInstanceOf(IOException.class)
                    .hasMessageContaining("line 2");
        }
    }

    @Test
    void garbageIsRefusedAsAnInputOutputErrorOnly() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path file = folder.resolve("observation.txt");
        ObservationFile.write(OBSERVATION, file);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < 1000; i++) {
            byte[] damaged = whole.clone();
            for (int n = 0; n < 4; n++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            try {
                ObservationFile.read(file);
            } catch (IOException expected) {
                assertThat(expected.getMessage()).as("seed %d", seed).isNotBlank();
            }
        }
    }
}
