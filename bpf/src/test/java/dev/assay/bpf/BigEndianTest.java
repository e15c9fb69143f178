package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects for big-endian machines. libbpf opens none on a little-endian one, so clang is the oracle: it has put into each
 * instruction what holds for the object's own types, so relocation to those must find that very number there.
 */
class BigEndianTest {
    private static final long SEED = Long.getLong("assay.bpf.seed", 20260102);
    private static final int RECORDS = 300;

    @TempDir
    private Path folder;

    private record Outcome(int unchanged, List<String> changed) {}

    private ObjectFile compile(String target) throws Exception {
        Path source = Files.writeString(folder.resolve("random.c"), RandomAccesses.source(BtfFile.kernel(), SEED,
                RECORDS));
        Path object = folder.resolve(target + ".o");
        Available.Output compiled = Available
                .run(List.of("clang", "-target", target, "-mcpu=v3", "-O1", "-g", "-w", "-c",
                        source.toString(), "-o", object.toString()));
        assertThat(compiled.text()).isEmpty();
        return ObjectFile.read(object);
    }

    /** Sizes of bitfields are the loader's choice, and of an offset beyond 16 bits a load keeps only the lower ones. */
    private static boolean clangWroteIt(CoreRelocator.Result result) {
        if (!(result.decision() instanceof CoreRelocator.Decision.Patch patch)) {
            return true;
        }
        boolean sizeOfBits = result.path().kind().name().equals("FIELD_BYTE_SIZE") && !patch.validate();
        return !sizeOfBits && (patch.memory().localBytes() == 0 || patch.expected() <= Short.MAX_VALUE);
    }

    private static Outcome onItsOwnTypes(ObjectFile object, Btf types) {
        CoreRelocator relocator = new CoreRelocator(object.btf().orElseThrow(), types, object.elf().order());
        int[] unchanged = {0};
        List<String> changed = new ArrayList<>();
        object.ext().relocations().forEach((section, records) -> records.forEach(record -> {
            ObjectFile.Function function = object.function(section, record.offset()).orElseThrow();
            int index = (record.offset() - function.offset()) / Instruction.BYTES;
            List<Instruction> code = new ArrayList<>(function.code());
            CoreRelocator.Result result = relocator.resolve(record);
            if (!clangWroteIt(result)) {
                return;
            }
            var refused = CorePatch.apply(code, index, result.decision());
            if (refused.isEmpty() && code.equals(function.code())) {
                unchanged[0]++;
            } else {
                changed.add(result.path().kind() + " of " + result.path().text() + " " + refused + " " + result
                        .decision());
            }
        }));
        return new Outcome(unchanged[0], changed);
    }

    @Test
    void everyNumberThatClangWroteIsFoundAgainInEitherByteOrder() throws Exception {
        Available.kernelTypes();
        Available.command("clang");
        Map<String, Integer> counts = new HashMap<>();
        for (String target : List.of("bpfeb", "bpfel")) {
            ObjectFile object = compile(target);
            Btf own = object.btf().orElseThrow();
            assertThat(object.elf().order()).isEqualTo(target.equals("bpfeb")
                    ? ByteOrder.BIG_ENDIAN
                    : ByteOrder.LITTLE_ENDIAN);
            Outcome outcome = onItsOwnTypes(object, own);
            assertThat(outcome.changed()).as("%s, seed %d", target, SEED).isEmpty();
            counts.put(target, outcome.unchanged());
            // The same types written in the other order mean the same.
            Btf swapped = new Btf("swapped", BtfWriter.write(own, target.equals("bpfeb")
                    ? ByteOrder.LITTLE_ENDIAN
                    : ByteOrder.BIG_ENDIAN), null);
            assertThat(onItsOwnTypes(object, swapped)).isEqualTo(outcome);
        }
        assertThat(counts.get("bpfeb")).isGreaterThan(RECORDS / 2).isEqualTo(counts.get("bpfel"));
        System.out.println("found again what clang wrote, seed " + SEED + ": " + counts);
    }

    @Test
    void typesOfABigEndianObjectAreThoseThatBpftoolDumps() throws Exception {
        Available.command("bpftool");
        Path object = Files.write(folder.resolve("fits.eb.o"), Subjects.bytes("fits.eb.o"));
        String tool = Files.isExecutable(Path.of("/usr/sbin/bpftool")) ? "/usr/sbin/bpftool" : "bpftool";
        List<String> dumped = Available.run(List.of(tool, "btf", "dump", "file", object.toString())).text().lines()
                .toList();
        Btf btf = BtfFile.read(object);
        int id = 0;
        int member = 0;
        int members = 0;
        for (String line : dumped) {
            if (line.startsWith("[")) {
                id = Integer.parseInt(line.substring(1, line.indexOf(']')));
                member = 0;
                String name = line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\''));
                assertThat(btf.name(id)).isEqualTo(name.equals("(anon)") ? "" : name);
            } else if (line.contains("bits_offset=")) {
                assertThat(line)
                        .contains("'" + btf.member(id, member).name() + "' type_id=" + btf.memberType(id, member)
                                + " bits_offset=" + btf.memberBitOffset(id, member));
                member++;
                members++;
            }
        }
        assertThat(id).isEqualTo(btf.endId() - 1);
        assertThat(members).isPositive();
    }
}
