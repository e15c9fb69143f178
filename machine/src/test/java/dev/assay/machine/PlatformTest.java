package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {
    @TempDir
    private Path home;

    private Path jdk(String release) throws Exception {
        Files.createDirectories(home.resolve("bin"));
        Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\n");
        java.toFile().setExecutable(true);
        Files.writeString(home.resolve("release"), release);
        return home;
    }

    @Test
    void theJdkThatRunsThisHasNoFlaws() {
        Platform current = Platform.current();
        assertThat(current.flaws(25)).isEmpty();
        assertThat(current.feature().orElseThrow()).isEqualTo(Runtime.version().feature());
        assertThat(current.architecture().orElseThrow()).isEqualTo(InstructionSet.named(System.getProperty(
                "os.arch")));
        assertThat(current.command(List.of("-Xint"), List.of("Main", "x"))).endsWith("-Xint", "Main", "x").hasSize(4);
    }

    @Test
    void anOldJdkIsNamedTooOld() throws Exception {
        Platform old = new Platform.OtherJdk(jdk("JAVA_VERSION=\"1.8.0_402\"\nOS_ARCH=\"amd64\"\n"));
        assertThat(old.feature().orElseThrow()).isEqualTo(8);
        assertThat(old.flaws(25)).extracting(Platform.Flaw::kind).contains(Platform.Flaw.Kind.TOO_OLD);
    }

    @Test
    void aJdkOfAnotherArchitectureNeedsAnEmulator() throws Exception {
        String other = System.getProperty("os.arch").equals("amd64") ? "aarch64" : "x86_64";
        Path foreign = jdk("JAVA_VERSION=\"25.0.1\"\nOS_ARCH=\"" + other + "\"\n");
        assertThat(new Platform.OtherJdk(foreign).flaws(25)).extracting(Platform.Flaw::kind).containsExactly(
                Platform.Flaw.Kind.FOREIGN_ARCHITECTURE);
        Platform emulated = new Platform.Emulated(home.resolve("bin/java"), home, foreign);
        assertThat(emulated.flaws(25)).isEmpty();
        assertThat(emulated.command(List.of(), List.of("-version"))).containsExactly(home + "/bin/java", "-L",
                "" + home,
                home + "/bin/java", "-version");
        assertThat(emulated.title()).isEqualTo("25.0.1 " + other + " emulated");
        assertThat(new Platform.Emulated(home.resolve("none"), home.resolve("none"), foreign).flaws(25)).extracting(
                Platform.Flaw::kind).containsExactly(Platform.Flaw.Kind.NO_EMULATOR, Platform.Flaw.Kind.NO_SYSROOT);
    }

    @Test
    void whatIsNoJdkSaysSo() {
        assertThat(new Platform.OtherJdk(home).flaws(25)).extracting(Platform.Flaw::kind).containsExactly(
                Platform.Flaw.Kind.NO_JAVA, Platform.Flaw.Kind.NO_RELEASE);
    }

    @Test
    void aReleaseFileWithoutAVersionIsUnreadable() throws Exception {
        assertThat(JdkRelease.read(jdk("OS_ARCH=\"amd64\"\n"))).isInstanceOf(Reading.Unreadable.class);
        assertThat(JdkRelease.read(jdk("JAVA_VERSION=\"abc\"\n")).flatMap(JdkRelease::feature)).isInstanceOf(
                Reading.Unreadable.class);
    }
}
