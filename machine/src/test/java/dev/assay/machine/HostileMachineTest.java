package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Damaged files: every sheet is still made, printed and drawn, and parsers refuse only in the way that is declared. */
class HostileMachineTest {
    private static final List<String> REPLACEMENTS = List.of("", "\n", "-1", "0", "99999999999999999999", "abc",
            "\u0000\u0000", "0-0-0", "[", "4294967296", "-9223372036854775808", "max", "nan", "NaN", "1e400", "(", ":",
            "9223372036854775807", "8191", "0-999");

    @Property(tries = 250)
    void aDamagedMachineStillHasASheet(@ForAll("names") String name, @ForAll Random random) throws Exception {
        TreeMap<String, Snapshot.Entry> files = new TreeMap<>(Snapshot.parse(java.nio.file.Files.readString(
                SavedMachines.DIRECTORY.resolve(name).resolve("machine.txt")), name));
        List<String> paths = new ArrayList<>(files.keySet());
        paths.remove(Foreign.SYSTEM); // a system that is none of three is refused, see ForeignMachineTest
        int damages = 1 + random.nextInt(12);
        for (int i = 0; i < damages; i++) {
            String path = paths.get(random.nextInt(paths.size()));
            damage(files, path, random);
        }
        Machine machine = Machine.read(Root.of(Snapshot.write(files), name));
        assertThat(machine.topology().cores()).isNotEmpty();
        assertThat(machine.topology().allowedProcessors()).isNotEmpty();
        assertThat(machine.caches().lineBytes()).isBetween(8, 4096);
        assertThat(machine.sheet()).containsKeys("schema", "topology", "advice");
        assertThat(machine.sections()).isNotEmpty();
        if (machine.topology().online().cardinality() < 300) {
            assertThat(machine.drawing()).startsWith("machine");
            assertThat(machine.svg()).endsWith("</svg>\n");
        }
    }

    private static void damage(Map<String, Snapshot.Entry> files, String path, Random random) {
        String content = files.get(path) instanceof Snapshot.Content(byte[] bytes)
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : "";
        String replaced = REPLACEMENTS.get(random.nextInt(REPLACEMENTS.size()));
        switch (random.nextInt(6)) {
            case 0 -> files.put(path, new Snapshot.Content(replaced.getBytes(StandardCharsets.ISO_8859_1)));
            case 1 -> files.put(path, new Snapshot.Denied());
            case 2 -> files.put(path, new Snapshot.Content(content.substring(0, random.nextInt(content.length() + 1))
                    .getBytes(StandardCharsets.ISO_8859_1)));
            case 3 -> files.put(path, new Snapshot.Content(content.replaceAll("[0-9]+", replaced)
                    .getBytes(StandardCharsets.ISO_8859_1)));
            case 4 -> {
                byte[] noise = new byte[random.nextInt(64)];
                random.nextBytes(noise);
                files.put(path, new Snapshot.Content(noise));
            }
            default -> files.put(path, new Snapshot.Link("../../nowhere"));
        }
    }

    @Property(tries = 2000)
    void parsersOfTextRefuseOnlyAsDeclared(@ForAll("texts") String text) {
        List<Callable<?>> parsers = List.of(() -> CpuInfo.parse(text), () -> Pages.parse(text), () -> Parse.set(text),
                () -> Parse.bytes(text), () -> ActivityReader.processors(text), () -> ActivityReader.load(text),
                () -> ActivityReader.pressure0(text), () -> ProcessActivity.fields(text), () -> Limits.soft(text),
                () -> Memory.chosen(text), () -> KernelReader.options(text), () -> JdkRelease.parse(text).feature(),
                () -> Cgroup.path(text, "cpu"), () -> Aer.counts(text, Devices.Severity.FATAL),
                () -> NumaPolicy.of(text), () -> SchedulingClass.of(text), () -> InstructionSet.named(text),
                () -> WindowsMachine.types(text));
        refusesOnlyAsDeclared(parsers);
    }

    @Property(tries = 1000)
    void parsersOfBytesRefuseOnlyAsDeclared(@ForAll("binaries") byte[] bytes) {
        refusesOnlyAsDeclared(List.of(() -> Auxiliary.parse(bytes), () -> Aer.registers(bytes), () -> SmartLog.decode(
                bytes), () -> ExecutableHeader.parse(bytes), () -> LogicalProcessors.parse(bytes)));
    }

    @Property(tries = 500)
    void aSnapshotOfAnythingIsReadOrRefused(@ForAll("texts") String text) {
        try {
            Machine.read(Root.of("== /proc/cpuinfo\n" + text, "a test"));
            Root.of(text, "a test");
        } catch (MachineException e) {
            assertThat(e).hasMessageContaining("a test");
        }
    }

    private static void refusesOnlyAsDeclared(List<Callable<?>> parsers) {
        for (Callable<?> parser : parsers) {
            try {
                parser.call();
            } catch (IllegalArgumentException | ArithmeticException declared) {
                assertThat(declared.getMessage()).isNotNull();
            } catch (Exception e) {
                throw new AssertionError("a parser may refuse with IllegalArgumentException only", e);
            }
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(SavedMachines.NAMES.stream().filter(name -> !name.startsWith("server")).toList());
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of("processor\t: ", "0", "-1", "99999999999", "\n", "\n\n", ":", " ",
                "cpu0 1 2 3", "cpu", "some avg10=0 total=", "7f00-8000 r-xp 0 00:00 0 [heap]\n", "Rss: 4 kB\n",
                "JAVA_VERSION=\"", "\"\n", "[always]", "1:cpu:/..", "Max locked memory         ", "unlimited", "-", ",",
                "(", ")", "S 1 2 3 4", "fifo:", "bind:", "== /x\n", "{0-", "}", "isa\t: rv64", "_zba",
                "vendor_id : IBM/S390\n",
                "cache0 : level=1 type=Data scope=Private size=128K line_size=256\n", "flags : lm\n",
                "physical id : x\n");
        return Arbitraries.oneOf(pieces.list().ofMaxSize(12).map(list -> String.join("", list)),
                Arbitraries.strings().ofMaxLength(60));
    }

    @Provide
    Arbitrary<byte[]> binaries() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(600);
        Arbitrary<byte[]> magic = Arbitraries.of(new byte[]{0x7f, 'E', 'L', 'F'}, new byte[]{'M', 'Z'}, new byte[]{'#',
            '!'}, new byte[]{(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe},
                new byte[]{(byte) 0xcf, (byte) 0xfa,
                    (byte) 0xed, (byte) 0xfe});
        return Arbitraries.oneOf(any, net.jqwik.api.Combinators.combine(magic, any).as((head, rest) -> {
            byte[] all = java.util.Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, all, head.length, rest.length);
            return all;
        }));
    }
}
