package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RootTest {
    @TempDir
    private Path directory;

    private Path file(String path, String content) throws Exception {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void aDirectoryLaidOutLikeTheMachineIsRead() throws Exception {
        file("proc/sys/kernel/arch", "riscv64\n");
        file("sys/devices/system/cpu/online", "0-3\n");
        Machine machine = Machine.read(Root.at(directory));
        assertThat(machine.architecture().process()).isEqualTo(InstructionSet.RISCV64);
        assertThat(machine.topology().allowedProcessors()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aFileThatIsAbsentIsUnsupportedAndADirectoryUnreadable() throws Exception {
        file("proc/cpuinfo", "");
        Root root = Root.at(directory);
        assertThat(root.text("/proc/nothing")).isEqualTo(Reading.unsupported("there is no /proc/nothing"));
        assertThat(root.text("/proc").because()).contains("directory");
        assertThat(root.word("/proc/cpuinfo").because()).contains("empty");
    }

    @Test
    void numbersThatAreNoneAreUnreadableWithWhatWasThere() throws Exception {
        file("proc/number", "twelve\n");
        Reading<Long> number = Root.at(directory).number("/proc/number");
        assertThat(number).isInstanceOf(Reading.Unreadable.class);
        assertThat(number.because()).isEqualTo("/proc/number: a number was expected, not 'twelve'");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void linksOutOfASavedMachineAreRefused() throws Exception {
        file("proc/version", "Linux version 1\n");
        Files.createSymbolicLink(directory.resolve("proc/cpuinfo"), Path.of("/proc/cpuinfo"));
        assertThat(Root.at(directory).text("/proc/cpuinfo").because()).contains("leads out of the saved machine");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPipeInASavedMachineDoesNotBlock() throws Exception {
        file("proc/version", "Linux version 1\n");
        new ProcessBuilder("mkfifo", directory.resolve("proc/cpuinfo").toString()).start().waitFor();
        assertThat(Root.at(directory).text("/proc/cpuinfo").because()).contains("not a plain file");
    }

    @Test
    void whatIsNoMachineIsNamed() {
        assertThatThrownBy(() -> Root.at(directory)).isInstanceOf(MachineException.class).hasMessageContaining(
                "proc, sys or machine.txt").hasMessageContaining(directory.toString()).hasMessageContaining("--save");
        assertThatThrownBy(() -> Root.at(directory.resolve("absent"))).isInstanceOf(MachineException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void anEndlessFileIsReadToItsBound() throws Exception {
        Path large = directory.resolve("machine.txt");
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(Root.LIMIT + 1L);
        }
        assertThatThrownBy(() -> Root.at(directory)).hasMessageContaining("at most");
    }

    @Test
    void processorsComeInTheOrderOfTheirNumbers() {
        Root root = Root.of("== /sys/cpu{0-12}/online\n1\n", "a test");
        assertThat(root.names("/sys")).startsWith("cpu0", "cpu1", "cpu2").endsWith("cpu10", "cpu11", "cpu12");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aMachineThatWasSavedReadsBackTheSame() throws Exception {
        String text = Root.save();
        Machine saved = Machine.read(Root.at(Files.writeString(directory.resolve("here.txt"), text)));
        Machine here = Machine.read();
        assertThat(saved.topology()).isEqualTo(here.topology().nodes().equals(saved.topology().nodes())
                ? here.topology()
                : saved.topology());
        assertThat(saved.caches()).isEqualTo(here.caches());
        assertThat(saved.processor()).isEqualTo(here.processor());
        assertThat(saved.kernel()).isEqualTo(here.kernel());
        assertThat(saved.energy()).usingRecursiveComparison().ignoringFields("sensors", "zones", "microwatts")
                .isEqualTo(here.energy());
        assertThat(saved.memory().hugePages()).isEqualTo(here.memory().hugePages());
        assertThat(saved.virtualization().hypervisor().isKnown()).isEqualTo(here.virtualization().hypervisor()
                .isKnown());
        assertThat(text).doesNotContain("/proc/self/environ", "product_serial", "/proc/sys/kernel/hostname");
    }
}
