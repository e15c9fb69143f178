package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveKernelTest {
    @TempDir
    private Path folder;

    @Test
    void everyStructHasItsSizeAndOffsetsInThePrintedHeader() throws Exception {
        Available.kernelTypes();
        Available.command("gcc");
        String source = LayoutAssertions.of(BtfFile.kernel());
        assertThat(LayoutAssertions.count(source)).isGreaterThan(1000);
        Path file = folder.resolve("kernel.c");
        Files.writeString(file, source);
        assertThat(Available.run(List.of("gcc", "-w", "-fsyntax-only", file.toString())).text()).isEmpty();
        Files.writeString(file, source + "_Static_assert(sizeof(struct list_head) == 17, \"wrong on purpose\");\n");
        assertThat(Available.run(List.of("gcc", "-w", "-fsyntax-only", file.toString())).exit()).isNotZero();
    }

    @Test
    void clangCompilesTheHeaderForBpf() throws Exception {
        Available.kernelTypes();
        Available.command("clang");
        Path file = folder.resolve("kernel.c");
        Files.writeString(file, CPrinter.header(BtfFile.kernel()));
        assertThat(Available.run(List.of("clang", "-target", "bpf", "-g", "-Wall", "-c", file.toString(), "-o", folder
                .resolve("kernel.o").toString())).text()).isEmpty();
    }

    @Test
    void typesAreThoseThatBpftoolDumps() throws Exception {
        Available.kernelTypes();
        Available.command("bpftool");
        String path = Files.isExecutable(Path.of("/usr/sbin/bpftool")) ? "/usr/sbin/bpftool" : "bpftool";
        List<String> dumped = Available.run(List.of(path, "btf", "dump", "file", "/sys/kernel/btf/vmlinux")).text()
                .lines().toList();
        Btf kernel = BtfFile.kernel();
        int id = 0;
        int member = 0;
        for (String line : dumped) {
            if (line.startsWith("[")) {
                id = Integer.parseInt(line.substring(1, line.indexOf(']')));
                member = 0;
                String name = quoted(line);
                assertThat(kernel.name(id)).as("type %d", id).isEqualTo(name.equals("(anon)") ? "" : name);
            } else if (line.contains("bits_offset=")) {
                Btf.Member ours = kernel.member(id, member++);
                String name = quoted(line);
                assertThat(ours).as("type %d", id).isEqualTo(new Btf.Member(name.equals("(anon)") ? "" : name, number(
                        line, "type_id="), number(line, "bits_offset="),
                        line.contains("bitfield_size=")
                                ? number(line,
                                        "bitfield_size=")
                                : 0));
            }
        }
        assertThat(kernel.endId() - 1).isEqualTo(id);
    }

    private static String quoted(String line) {
        return line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\''));
    }

    private static int number(String line, String key) {
        int from = line.indexOf(key) + key.length();
        int to = from;
        while (to < line.length() && Character.isDigit(line.charAt(to))) {
            to++;
        }
        return Integer.parseInt(line.substring(from, to));
    }

    @Test
    void theWholeKernelRoundTripsThroughTheWriter() {
        Available.kernelTypes();
        Btf kernel = BtfFile.kernel();
        Btf again = new Btf("again", BtfWriter.write(kernel, ByteOrder.BIG_ENDIAN), null);
        assertThat(again.endId()).isEqualTo(kernel.endId());
        assertThat(CPrinter.header(again)).isEqualTo(CPrinter.header(kernel));
    }
}
