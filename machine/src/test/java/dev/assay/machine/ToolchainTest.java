package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ToolchainTest {
    @TempDir
    private Path directory;

    private static byte[] elf(int machine) {
        return ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(0x464c457f).put((byte) 2).put((byte) 1)
                .putShort(18, (short) machine).array();
    }

    private Path program(String path, byte[] content) throws Exception {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        file.toFile().setExecutable(true);
        return file;
    }

    @Test
    void programsAreFoundInTheOrderOfThePath() throws Exception {
        program("a/gcc", elf(62));
        program("b/gcc", elf(183));
        program("b/go", elf(62));
        Files.writeString(directory.resolve("VERSION"), "go1.24.1\ntime 2025\n");
        Toolchain tools = Toolchain.read(Map.of("PATH", directory + "/a:" + directory + "/b"), InstructionSet.X86_64);
        assertThat(tools.tools()).extracting(Toolchain.Tool::name).containsExactly("gcc", "go");
        assertThat(tools.tools().getFirst().architecture()).hasToString("x86_64");
        assertThat(tools.tools().getLast().version()).hasToString("1.24.1");
        assertThat(tools.advice()).isEmpty();
    }

    @Test
    void mixedArchitecturesAreAWarning() throws Exception {
        program("bin/gcc", elf(183));
        program("bin/node", elf(62));
        Toolchain tools = Toolchain.read(Map.of("PATH", directory + "/bin"), InstructionSet.AARCH64);
        assertThat(tools.advice()).singleElement()
                .matches(advice -> advice.id().equals("tools-mixed") && advice.finding()
                        .contains("node (x86_64)"));
    }

    @Test
    void homesThatContradictThePathAreNamed() throws Exception {
        program("one/bin/java", elf(62));
        program("two/bin/java", elf(62));
        program("two/bin/javac", elf(62));
        Toolchain tools = Toolchain.read(Map.of("PATH", directory + "/one/bin:" + directory + "/two/bin:/no/such",
                "JAVA_HOME", directory + "/two", "GOROOT", "/no/go", "GOPATH", "/no/go"), InstructionSet.X86_64);
        assertThat(tools.advice()).extracting(Advice::id).containsExactly("java-home", "goroot", "gopath", "jdk-mixed",
                "path");
    }

    @Test
    void toolsAreAskedAllAtOnceAndOnlyWhenWanted() throws Exception {
        program("bin/node", "#!/bin/sh\necho v22.1.0\n".getBytes());
        program("bin/gdb", "#!/bin/sh\necho nothing to say\n".getBytes());
        program("bin/perf", "#!/bin/sh\nexec sleep 30\n".getBytes());
        Toolchain silent = Toolchain.read(Map.of("PATH", directory + "/bin"), InstructionSet.X86_64);
        assertThat(silent.tools()).allMatch(tool -> !tool.version().isKnown());
        assertThat(silent.tools().getFirst().architecture().because()).contains("/bin/sh");
        List<Toolchain.Tool> asked = ToolVersions.ask(silent.tools());
        assertThat(asked).filteredOn(tool -> tool.name().equals("node")).singleElement().matches(tool -> tool.version()
                .orElse("").equals("22.1.0"));
        assertThat(asked).filteredOn(tool -> tool.name().equals("gdb")).singleElement().matches(tool -> tool.version()
                .because().contains("printed no version"));
        assertThat(asked).filteredOn(tool -> tool.name().equals("perf")).singleElement().matches(tool -> tool.version()
                .because().contains("did not answer"));
    }

    @Test
    void headersOfOtherSystemsAreRead() {
        byte[] mach = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putInt(0xfeedfacf).putInt(0x0100000c)
                .array();
        byte[] universal = ByteBuffer.allocate(64).putInt(0xcafebabe).putInt(2).putInt(8, 0x01000007).putInt(28,
                0x0100000c).array();
        byte[] portable = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN).putShort((short) 0x5a4d).putInt(60,
                128).putInt(128, 0x4550).putShort(132, (short) 0xaa64).array();
        byte[] bigEndian = ByteBuffer.allocate(64).putInt(0x7f454c46).put((byte) 2).put((byte) 2).putShort(18,
                (short) 22).array();
        assertThat(ExecutableHeader.parse(mach).architectures()).containsExactly(InstructionSet.AARCH64);
        assertThat(ExecutableHeader.parse(universal).architectures()).containsExactly(InstructionSet.X86_64,
                InstructionSet.AARCH64);
        assertThat(ExecutableHeader.parse(portable).architectures()).containsExactly(InstructionSet.AARCH64);
        assertThat(ExecutableHeader.parse(bigEndian).architectures()).containsExactly(InstructionSet.S390X);
    }
}
