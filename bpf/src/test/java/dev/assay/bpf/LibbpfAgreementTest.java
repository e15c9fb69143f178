package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every relocation record becomes what libbpf makes of it, told by libbpf's own log of patched instructions.
 *
 * <p>
 * Needs gcc and libbpf-dev. Further objects are compared where {@code -Dassay.bpf.objects} names a folder of them; an
 * object with a file {@code X_tgt-el.elf} beside {@code X-el.elf} is compared on that in place of the kernel.
 */
class LibbpfAgreementTest {
    private static final Pattern LOG = Pattern.compile(
            "libbpf: prog '([^']*)': relo #(\\d+): (?:patched insn #(\\d+) \\((?:[^)]*)\\) (imm64|imm|off) (-?\\d+) -> "
                    + "(-?\\d+)|patched insn #(\\d+) \\([^)]*\\) mem_sz (\\d+) -> (\\d+)|substituting insn #(\\d+)).*");
    private static final String ORACLE = """
            #include <bpf/libbpf.h>
            #include <stdio.h>
            static int print(enum libbpf_print_level level, const char *format, va_list list) {
                (void)level;
                return vprintf(format, list);
            }
            int main(int count, char **names) {
                (void)count;
                libbpf_set_print(print);
                /* One program at a time: a record that is refused ends the whole load. */
                for (int wanted = 0, programs = 1; wanted < programs; wanted++) {
                    LIBBPF_OPTS(bpf_object_open_opts, options, .btf_custom_path = names[2]);
                    struct bpf_object *object = bpf_object__open_file(names[1], &options);
                    if (!object)
                        return 1;
                    struct bpf_program *program;
                    int number = 0;
                    bpf_object__for_each_program(program, object) {
                        bpf_program__set_autoload(program, number++ == wanted);
                        if (!bpf_program__type(program))
                            bpf_program__set_type(program, BPF_PROG_TYPE_SOCKET_FILTER);
                    }
                    programs = number;
                    bpf_object__load(object);
                    bpf_object__close(object);
                }
                return 0;
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void everyRecordIsResolvedAsLibbpfDoes() throws Exception {
        Available.loading();
        Available.command("gcc");
        Path oracle = oracle();
        int compared = 0;
        for (Path object : objects()) {
            Path beside = Path.of(object.toString().replace("-el.elf", "_tgt-el.elf"));
            Path target = Files.exists(beside) && !beside.equals(object)
                    ? beside
                    : Path.of(
                            "/sys/kernel/btf/vmlinux");
            Map<String, String> theirs = libbpf(oracle, object, target);
            Map<String, String> ours = ours(object, target);
            ours.keySet().retainAll(theirs.keySet());
            assertThat(ours).as(object.toString()).isEqualTo(theirs);
            compared += ours.size();
        }
        assertThat(compared).isGreaterThanOrEqualTo(10);
        System.out.println("compared with libbpf: " + compared + " records");
    }

    @Test
    void randomRecordsOnAMutatedKernelAreResolvedAsLibbpfDoes() throws Exception {
        Available.loading();
        Available.command("gcc");
        Available.command("clang");
        Path oracle = oracle();
        long seed = Long.getLong("assay.bpf.seed", 20260101);
        int count = Integer.getInteger("assay.bpf.records", 400);
        Btf kernel = BtfFile.kernel();
        Path source = Files.writeString(folder.resolve("random.c"), RandomAccesses.source(kernel, seed, count));
        Path object = folder.resolve("random.o");
        Available.Output compiled = Available.run(List.of("clang", "-target", "bpfel", "-mcpu=v3", "-O2", "-g", "-w",
                "-c", source.toString(), "-o", object.toString()));
        assertThat(compiled.text()).isEmpty();
        Path target = Files.write(folder.resolve("mutated.btf"), MutatedKernel.of(kernel, seed));
        Map<String, String> theirs = libbpf(oracle, object, target);
        Map<String, String> ours = ours(object, target);
        // Where libbpf refuses one record it leaves the program, so what it never reached is not compared.
        ours.keySet().retainAll(theirs.keySet());
        assertThat(ours).as("seed %d", seed).isEqualTo(theirs);
        var statuses = CompatibilityCheck.check(ObjectFile.read(object), BtfFile.read(target)).relocations().stream()
                .collect(java.util.stream.Collectors.groupingBy(Explanation::status, java.util.stream.Collectors
                        .counting()));
        assertThat(statuses).containsKeys(Explanation.Status.RESOLVED, Explanation.Status.MISSING,
                Explanation.Status.AMBIGUOUS);
        System.out.println("compared with libbpf on a mutated kernel, seed " + seed + ": " + ours.size() + " records, "
                + statuses);
    }

    private Path oracle() throws IOException, InterruptedException {
        Path source = folder.resolve("oracle.c");
        Files.writeString(source, ORACLE);
        Path oracle = folder.resolve("oracle");
        Available.Output built = Available.run(List.of("gcc", "-o", oracle.toString(), source.toString(), "-lbpf"));
        assumeTrue(built.exit() == 0, "libbpf-dev is not installed: " + built.text().lines().findFirst().orElse(""));
        return oracle;
    }

    private List<Path> objects() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String name : List.of("fits.el.o", "glued.el.o", "renamed.el.o", "changed.el.o")) {
            all.add(Files.write(folder.resolve(name), Subjects.bytes(name)));
        }
        String more = System.getProperty("assay.bpf.objects");
        if (more != null) {
            try (Stream<Path> list = Files.walk(Path.of(more))) {
                list.filter(p -> p.toString().endsWith("-el.elf") && !p.toString().contains("_tgt")).sorted().forEach(
                        all::add);
            }
        }
        return all;
    }

    private static Map<String, String> libbpf(Path oracle, Path object, Path target) throws IOException,
            InterruptedException {
        Map<String, String> made = new HashMap<>();
        for (String line : Available.run(List.of(oracle.toString(), object.toString(), target.toString())).text()
                .split("\n")) {
            Matcher m = LOG.matcher(line);
            if (!m.matches()) {
                continue;
            }
            if (m.group(3) != null) {
                made.put(m.group(1) + " " + m.group(3), m.group(4) + " " + m.group(6));
            } else if (m.group(7) != null) {
                made.merge(m.group(1) + " " + m.group(7), " bytes " + m.group(9), String::concat);
            } else {
                made.putIfAbsent(m.group(1) + " " + m.group(10), "poison");
            }
        }
        return made;
    }

    private static Map<String, String> ours(Path path, Path target) {
        ObjectFile object = ObjectFile.read(path);
        Map<String, String> made = new HashMap<>();
        object.btf().ifPresent(btf -> {
            CoreRelocator relocator = new CoreRelocator(btf, BtfFile.read(target), object.elf().order());
            object.ext().relocations().forEach((section, records) -> records.forEach(record -> {
                ObjectFile.Function function = object.function(section, record.offset()).orElseThrow();
                int index = (record.offset() - function.offset()) / Instruction.BYTES;
                List<Instruction> code = new ArrayList<>(function.code());
                CoreRelocator.Decision decision = relocator.resolve(record).decision();
                if (CorePatch.apply(code, index, decision).isEmpty()) {
                    patched(made, function.name(), function.code(), code, index, decision);
                }
            }));
        });
        return made;
    }

    private static void patched(Map<String, String> made, String function, List<Instruction> before,
            List<Instruction> after, int index, CoreRelocator.Decision decision) {
        Instruction one = after.get(index);
        if (one.poisoned()) {
            made.put(function + " " + index, "poison");
            if (before.get(index).wide()) {
                made.put(function + " " + (index + 1), "poison");
            }
            return;
        }
        long value = ((CoreRelocator.Decision.Patch) decision).value();
        String form = one.wide()
                ? "imm64"
                : one.family() == Instruction.ALU || one.family() == Instruction.ALU64
                        ? "imm"
                        : "off";
        boolean resized = form.equals("off") && one.accessBytes() != before.get(index).accessBytes();
        made.put(function + " " + index, form + " " + Long.toUnsignedString(value) + (resized
                ? " bytes " + one
                        .accessBytes()
                : ""));
    }
}
