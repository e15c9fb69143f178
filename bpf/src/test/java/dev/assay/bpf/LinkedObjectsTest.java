package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What objects leave to their loader: settings and symbols of the kernel, maps in maps, programs in maps, pins. */
class LinkedObjectsTest {
    /** Reads the global data of a program that ran once, as libbpf filled what it left open. */
    private static final String ORACLE = """
            #include <bpf/libbpf.h>
            #include <bpf/bpf.h>
            #include <stdio.h>
            static int quiet(enum libbpf_print_level l, const char *f, va_list v) { return 0; }
            int main(int count, char **names) {
                libbpf_set_print(quiet);
                struct bpf_object *object = bpf_object__open(names[1]);
                if (!object || bpf_object__load(object))
                    return 1;
                LIBBPF_OPTS(bpf_test_run_opts, run);
                struct bpf_program *program = bpf_object__find_program_by_name(object, names[2]);
                if (bpf_prog_test_run_opts(bpf_program__fd(program), &run))
                    return 2;
                struct bpf_map *data = bpf_object__find_map_by_name(object, ".bss");
                unsigned char bytes[256];
                int zero = 0;
                if (bpf_map_lookup_elem(bpf_map__fd(data), &zero, bytes))
                    return 3;
                for (unsigned i = 0; i < bpf_map__value_size(data); i++)
                    printf("%02x", bytes[i]);
                printf(" %u", run.retval);
                return 0;
            }
            """;

    @org.junit.jupiter.api.io.TempDir
    private Path folder;

    @BeforeEach
    void needsPermission() {
        Available.loading();
    }

    private static LoadedObject load(String name) {
        return LoadedObject.load(Subjects.object(name), BtfFile.kernel());
    }

    private static BpfProgram program(LoadedObject object, String name) {
        return object.programs().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    private static ByteBuffer data(LoadedObject object) {
        return ByteBuffer.wrap(object.map(".bss").orElseThrow().get(new byte[4]).orElseThrow()).order(ByteOrder
                .nativeOrder());
    }

    private static long number(LoadedObject object, String variable, int bytes) {
        ElfFile.Symbol symbol = Subjects.object("externs.el.o").symbols().stream().filter(s -> s.name().equals(
                variable)).findFirst().orElseThrow();
        ByteBuffer data = data(object);
        return bytes == 8 ? data.getLong((int) symbol.value()) : data.getInt((int) symbol.value());
    }

    @Test
    void settingsAndSymbolsAreThoseOfTheRunningKernel() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/config.gz")), "the kernel does not show its settings");
        try (LoadedObject object = load("externs.el.o")) {
            program(object, "fill").run(new byte[0], 0);
            String config = new String(BtfFile.bytes(Path.of("/proc/config.gz")), StandardCharsets.UTF_8);
            assertThat(config).contains("CONFIG_HZ=" + number(object, "hertz", 8) + "\n");
            assertThat(number(object, "version", 8)).isEqualTo(LoadedObject.kernelVersion());
            assertThat(number(object, "syscalls", 4)).isEqualTo(1);
            assertThat((char) number(object, "net", 4)).isEqualTo('y');
            assertThat(number(object, "absent", 8)).isZero();
            assertThat(number(object, "symbol", 8)).isZero();
            String address = String.format("%016x", number(object, "address", 8));
            assertThat(Files.readAllLines(Path.of("/proc/kallsyms"))).anyMatch(l -> l.startsWith(address) && l.endsWith(
                    " schedule"));
        }
    }

    @Test
    void aTypedVariableIsHandedToTheVerifierByItsNumber() {
        try (LoadedObject object = load("typed.el.o")) {
            program(object, "fill").run(new byte[0], 0);
            assertThat(data(object).getLong(0)).isEqualTo(1);
        } catch (BpfException.Refused e) {
            // A kernel without CONFIG_KALLSYMS_ALL knows the type and not the place.
            assertThat(e).hasMessageContaining("kernel symbol 'bpf_prog_active'");
        }
    }

    @Test
    void libbpfFillsTheSame() throws Exception {
        Available.command("gcc");
        Path source = Files.writeString(folder.resolve("oracle.c"), ORACLE);
        Path oracle = folder.resolve("oracle");
        Available.Output built = Available.run(List.of("gcc", "-w", "-o", oracle.toString(), source.toString(),
                "-lbpf"));
        assumeTrue(built.exit() == 0, "libbpf-dev is not installed: " + built.text().lines().findFirst().orElse(""));
        for (List<String> subject : List.of(List.of("externs.el.o", "fill"), List.of("nested.el.o", "entry"))) {
            Path file = Files.write(folder.resolve(subject.getFirst()), Subjects.bytes(subject.getFirst()));
            Available.Output theirs = Available.run(List.of(oracle.toString(), file.toString(), subject.get(1)));
            assertThat(theirs.exit()).as(subject.toString()).isZero();
            try (LoadedObject object = load(subject.getFirst())) {
                BpfProgram.TestRun run = program(object, subject.get(1)).run(new byte[0], 0);
                String ours = java.util.HexFormat.of().formatHex(data(object).array());
                assertThat(ours + " " + run.result()).as(subject.toString()).isEqualTo(theirs.text());
            }
        }
    }

    @Test
    void aSymbolThatNoKernelHasIsNamed() {
        assertThatThrownBy(() -> load("missing.el.o")).isInstanceOf(BpfException.Refused.class).hasMessageContaining(
                "no_kernel_has_this_variable").hasMessageContaining("__weak");
        assertThat(CompatibilityCheck.check(Subjects.object("missing.el.o"), BtfFile.kernel()).problems())
                .singleElement()
                .asString().contains("no_kernel_has_this_variable");
    }

    @Test
    void mapsOfMapsBeginWithTheirInnerMapsAndProgramArraysWithTheirPrograms() {
        try (LoadedObject object = load("nested.el.o")) {
            BpfMap outer = object.map("outer").orElseThrow();
            assertThat(outer.definition().type()).isEqualTo(BpfMap.ARRAY_OF_MAPS);
            assertThat(program(object, "entry").run(new byte[0], 0).result()).as("the tail call's answer").isEqualTo(7);
            assertThat(data(object).getLong(0)).isEqualTo(101);
            assertThat(
                    ByteBuffer.wrap(object.map("second").orElseThrow().get(new byte[4]).orElseThrow()).order(ByteOrder
                            .nativeOrder()).getLong())
                    .as("slot 0 holds the second map").isEqualTo(42);
            assertThat(object.map("first").orElseThrow().get(new byte[4]).orElseThrow()).containsOnly(0);
            BpfMap hashed = object.map("hashed").orElseThrow();
            try (BpfMap like = BpfMap.create(new BpfMap.Definition("like", BpfMap.HASH, 4, 4, 8, 0));
                    BpfMap other = BpfMap.create(new BpfMap.Definition("other", BpfMap.HASH, 4, 8, 8, 0))) {
                hashed.put(MapDefinitions.number(5), MapDefinitions.number(like.descriptor()));
                assertThatThrownBy(() -> hashed.put(MapDefinitions.number(6), MapDefinitions.number(other
                        .descriptor()))).isInstanceOf(BpfException.Refused.class);
            }
        }
    }

    @Test
    void aMapThatIsPinnedByNameIsSharedByAllWhoLoadTheObject() throws IOException {
        Path pins = pinFolder();
        Path pin = pins.resolve("assay_shared");
        ObjectFile object = Subjects.object("pinned.el.o");
        try (LoadedObject one = LoadedObject.load(object, BtfFile.kernel(), pins)) {
            assertThat(one.pins()).containsExactly(pin);
            one.map("assay_shared").orElseThrow().put(new byte[4], ByteBuffer.allocate(8).putLong(77).array());
            try (LoadedObject other = LoadedObject.load(object, BtfFile.kernel(), pins)) {
                assertThat(other.pins()).as("it was there already").isEmpty();
                assertThat(ByteBuffer.wrap(other.map("assay_shared").orElseThrow().get(new byte[4]).orElseThrow())
                        .getLong()).isEqualTo(77);
            }
            Pins.remove(pin);
            try (BpfMap other = BpfMap.create(new BpfMap.Definition("other", BpfMap.ARRAY, 4, 16, 4, 0))) {
                other.pin(pin);
                assertThatThrownBy(() -> LoadedObject.load(object, BtfFile.kernel(), pins)).isInstanceOf(
                        BpfException.Refused.class).hasMessageContaining("another map").hasMessageContaining(
                                "value 16");
            }
        } finally {
            Pins.remove(pin);
            Files.delete(pins);
        }
    }

    private static Path pinFolder() throws IOException {
        Path root = Path.of("/sys/fs/bpf");
        assumeTrue(Files.isWritable(root) && Files.getFileStore(root).type().equals("bpf"),
                "no bpf file system at /sys/fs/bpf");
        return Files.createDirectory(root.resolve("assay_test_" + ProcessHandle.current().pid()));
    }

    @Test
    void programsAndMapsThatArePinnedOutliveTheirObject() throws IOException {
        Path pins = pinFolder();
        try {
            try (LoadedObject object = load("fits.el.o")) {
                object.programs().getFirst().pin(pins.resolve("count"));
                object.map("counts").orElseThrow().pin(pins.resolve("counts"));
            }
            BpfMap.Definition wanted = new BpfMap.Definition("counts", BpfMap.HASH, 4, 8, 64, 0);
            try (BpfMap again = BpfMap.pinned(wanted, pins.resolve("counts"))) {
                again.put(new byte[4], new byte[8]);
                assertThat(again.get(new byte[4])).isPresent();
            }
            int program = Pins.get(pins.resolve("count"));
            assertThat(program).isPositive();
            Kernel.close(program);
        } finally {
            Pins.remove(pins.resolve("count"));
            Pins.remove(pins.resolve("counts"));
            Files.delete(pins);
        }
    }

    @Test
    void anObjectIsPinnedWholeOrNotAtAll() throws IOException {
        Path pins = pinFolder();
        Path fresh = pins.resolve("fresh");
        try (LoadedObject object = load("fits.el.o")) {
            List<Path> made = object.pin(fresh);
            assertThat(made).contains(fresh.resolve("count"), fresh.resolve("counts"), fresh.resolve("_bss"))
                    .allMatch(Files::exists);
            assertThat(object.pins()).isEqualTo(made);
            made.forEach(Pins::remove);
            object.map("counts").orElseThrow().pin(fresh.resolve("counts"));
            assertThatThrownBy(() -> object.pin(fresh)).isInstanceOf(BpfException.Unsupported.class)
                    .hasMessageContaining(
                            "counts is there already");
            assertThat(fresh.resolve("count")).as("what was pinned before it").doesNotExist();
            Path elsewhere = Path.of(System.getProperty("java.io.tmpdir"), pins.getFileName().toString());
            assertThatThrownBy(() -> object.pin(elsewhere)).hasMessageContaining("bpf file system");
            assertThat(elsewhere).doesNotExist();
        } finally {
            Pins.remove(fresh.resolve("counts"));
            Pins.remove(fresh);
            Files.delete(pins);
        }
    }

    @Test
    void anInterfaceOfTheKernelIsRefusedByName() {
        assertThatThrownBy(() -> load("ops.el.o")).isInstanceOf(BpfException.Unsupported.class).hasMessageContaining(
                "struct_ops quick").hasMessageContaining("bpftool struct_ops register");
    }
}
