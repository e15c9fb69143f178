package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compilers' log as JDK 25 writes it. */
class JavaCompilationsTest {
    @TempDir
    Path folder;

    private Path log(String... lines) throws IOException {
        return Files.write(folder.resolve("log"), java.util.List.of(lines));
    }

    @Test
    void whatNoLineNamesIsInterpreted() throws IOException {
        assertThat(
                JavaCompilations.levels(log("1402 %  b  4       dev.assay.litmus.JavaInstances::meet @ 35 (78 bytes)"),
                        2))
                .containsExactly(JavaLevel.INTERPRETER, JavaLevel.INTERPRETER);
    }

    @Test
    void anActorIsAtTheLevelThatItHasInAllLayouts() throws IOException {
        assertThat(JavaCompilations.levels(log("1414    b  4       dev.assay.litmus.JavaActorTogether1::run (56 bytes)",
                "1415    b  1       dev.assay.litmus.JavaActorTogether0::run (56 bytes)",
                "1416    b  1       dev.assay.litmus.JavaActorApart0::run (70 bytes)",
                "1417    b  4       dev.assay.litmus.JavaActorApart1::run (70 bytes)",
                "1422    b  1       dev.assay.litmus.JavaActorSpaced0::run (70 bytes)"), 2))
                .containsExactly(JavaLevel.C1, JavaLevel.INTERPRETER);
    }

    @Test
    void codeThatWasDiscardedAndNotMadeAgainDoesNotCount() throws IOException {
        String[] made = {"1415    b  4       dev.assay.litmus.JavaActorTogether0::run (56 bytes)",
            "1416    b  4       dev.assay.litmus.JavaActorApart0::run (70 bytes)",
            "1422    b  4       dev.assay.litmus.JavaActorSpaced0::run (70 bytes)"};
        assertThat(JavaCompilations.levels(log(made), 1)).containsExactly(JavaLevel.C2);
        assertThat(JavaCompilations.levels(log(made[0], made[1], made[2],
                "1416       4       dev.assay.litmus.JavaActorApart0::run (70 bytes)   made not entrant: uncommon trap"),
                1)).containsExactly(JavaLevel.INTERPRETER);
        assertThat(JavaCompilations.levels(log(made[0], made[1], made[2],
                "1416       4       dev.assay.litmus.JavaActorApart0::run (70 bytes)   made not entrant: uncommon trap",
                "1430    b  4       dev.assay.litmus.JavaActorApart0::run (70 bytes)"), 1))
                .containsExactly(JavaLevel.C2);
    }

    @Test
    void codeOfALowerLevelThatIsReplacedDoesNotTakeItsSuccessorAlong() throws IOException {
        assertThat(JavaCompilations.levels(log("1425    b  3       dev.assay.litmus.JavaActorTogether0::run (56 bytes)",
                "1426    b  1       dev.assay.litmus.JavaActorTogether0::run (56 bytes)",
                "1425       3       dev.assay.litmus.JavaActorTogether0::run (56 bytes)   made not entrant: not used",
                "1444    b  1       dev.assay.litmus.JavaActorApart0::run (70 bytes)",
                "1452    b  1       dev.assay.litmus.JavaActorSpaced0::run (70 bytes)"), 1))
                .containsExactly(JavaLevel.C1);
    }
}
