package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./assay} at the repository root, where it must refuse before it builds. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "assay").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private record Result(int exit, String said) {}

    private static Result launch(Path launcher, Map<String, String> environment) throws IOException,
            InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", launcher.toString(), "--version")
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ASSAY_") || name.equals("JAVA_HOME"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        return new Result(process.waitFor(), said);
    }

    private Path jdk(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("jdk-" + version));
        Path javac = Files.createDirectories(home.resolve("bin")).resolve("javac");
        Files.writeString(javac, "#!/bin/sh\n");
        assertThat(javac.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    @Test
    void aJdkThatIsTooOldIsRefusedByName() throws Exception {
        assumeTrue(Files.exists(LAUNCHER), "not in a checkout");
        Path old = jdk("17.0.15");
        Result result = launch(LAUNCHER, Map.of("ASSAY_JAVA_HOME", old.toString()));
        assertThat(result.exit()).isEqualTo(Exit.USAGE);
        assertThat(result.said()).contains("JDK 25").contains(old.toString());
    }

    @Test
    void whenNoJdk25IsFoundItSaysWhatToInstall() throws Exception {
        assumeTrue(Files.exists(LAUNCHER), "not in a checkout");
        assumeTrue(noJdk25InTheUsualFolders(), "a JDK 25 is in one of the usual folders here");
        // A copy, for the launcher remembers by which JDK it was built.
        Path unbuilt = Files.copy(LAUNCHER, folder.resolve("assay"));
        Result result = launch(unbuilt, Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()));
        assertThat(result.exit()).isEqualTo(Exit.USAGE);
        assertThat(result.said()).contains("apt install openjdk-25-jdk").contains("ASSAY_JAVA_HOME");
    }

    @Test
    void theJdkThatBuiltComesBeforeOneThatMustBeSearchedFor() throws Exception {
        assumeTrue(Files.exists(LAUNCHER), "not in a checkout");
        Path app = Files.createDirectories(folder.resolve("cli/target/app"));
        Path home = jdk("25.0.3");
        Files.writeString(app.resolve(".built"), home + "\n");
        Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\necho \"started by $0 as $*\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Result result = launch(Files.copy(LAUNCHER, folder.resolve("assay")), Map.of("PATH", "/usr/bin:/bin"));
        assertThat(result.exit()).isZero();
        assertThat(result.said()).contains("started by " + java).contains("dev.assay.cli.Assay --version");
    }

    private static boolean noJdk25InTheUsualFolders() throws IOException {
        Path usual = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(usual)) {
            return true;
        }
        try (var homes = Files.list(usual)) {
            return homes.noneMatch(home -> home.toString().contains("25"));
        }
    }
}
