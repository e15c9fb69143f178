package dev.assay.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final Run EMPTY = new Run("20260101-000000-abcd", Instant.parse("2026-01-01T00:00:00Z"), 1.5,
            new Settings(Duration.ofMinutes(4), 0.95, 0.01, 7, false, false), Map.of("architecture", "x86_64"),
            List.of(), List.of(new Doubt(Doubt.Kind.VIRTUALISED, "it is a guest", "use bare metal")));

    @TempDir
    Path folder;

    @Test
    void anEmptyRunReadsBack() {
        Archive.save(EMPTY, folder);
        assertThat(Archive.load(folder)).isEqualTo(EMPTY);
    }

    @Test
    void aTruncatedFileIsRefusedWithThePlaceWhereItBreaksOff() throws Exception {
        Path file = Archive.save(EMPTY, folder);
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));
        assertThatThrownBy(() -> Archive.load(folder)).isInstanceOf(LabException.Usage.class)
                .hasMessageContaining("breaks off").hasMessageContaining("line");
    }

    @Test
    void aNewerSchemaIsRefusedByName() {
        assertThatThrownBy(() -> Archive.parse("{\"schema\":\"assay.run/2\"}", "x"))
                .isInstanceOf(LabException.Usage.class).hasMessageContaining("assay.run/2")
                .hasMessageContaining("update");
    }

    @Test
    void whatIsNotARunIsSaidToBeNone() {
        for (String text : List.of("[]", "{}", "3", "{\"schema\":\"other/1\"}", "{\"schema\":\"assay.run/1\"}", "",
                "{\"schema\":3}")) {
            assertThatThrownBy(() -> Archive.parse(text, "file")).as(text).isInstanceOf(LabException.Usage.class)
                    .hasMessageContaining("file");
        }
    }

    @Test
    void damagedRunsAreRefusedWithoutAStackTrace() {
        String whole = Archive.json(EMPTY);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            StringBuilder damaged = new StringBuilder(whole);
            for (int n = 0; n < 3; n++) {
                damaged.setCharAt(random.nextInt(damaged.length()), "{}[]\",:0x-".charAt(random.nextInt(10)));
            }
            try {
                Archive.parse(damaged.toString(), "damaged");
            } catch (LabException.Usage expected) {
                assertThat(expected).as("seed %d", seed).hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Archive.save(EMPTY, folder.resolve("absent"))).isInstanceOf(LabException.Archive.class)
                .hasMessageContaining("absent");
    }
}
