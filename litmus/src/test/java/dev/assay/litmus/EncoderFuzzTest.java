package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random instructions: what is encoded must be code to binutils' disassembler, and do on the processor what the model says. */
class EncoderFuzzTest {
    private static final long SEED = 20_260_101;
    private static final int PROGRAMS = 150;
    /** An emulated JVM takes its time. */
    private static final int EMULATED_PROGRAMS = 30;
    private static final InstanceLayout LAYOUT = new InstanceLayout(Map.of("x", 0L, "y", 8192L), 8, 16, 16384);
    private static final String[] SUFFIXES = {"b", "w", "l", "q"};
    private static final String[][] REGISTERS = {{"al", "bl", "cl", "dl", "sil", "r8b", "r9b"},
        {"ax", "bx", "cx", "dx", "si", "r8w", "r9w"}, {"eax", "ebx", "ecx", "edx", "esi", "r8d", "r9d"},
        {"rax", "rbx", "rcx", "rdx", "rsi", "r8", "r9"}};
    private static final String[] X86 = {"mov# $N,R", "mov# R,(x)", "mov# (x),R", "mov# $N,(y)", "mov# R,R",
        "add# $N,R", "add# R,R", "add# (x),R", "add# R,(y)", "sub# R,R", "xor# $N,(x)", "and# R,R", "or# (y),R",
        "cmp# $N,R", "test# R,R", "xchg# R,(x)", "lock xadd# R,(y)", "lock cmpxchg# R,(x)", "inc# R", "dec# (x)",
        "neg# R", "not# R", "shl# $1,R", "shr# $3,R", "sar# $2,R", "mfence", "lock add# $N,(x)", "movnti# R,(y)"};
    private static final String[] ARM = {"MOV R,#N", "ADD R,R,#N", "SUB R,R,R", "EOR R,R,R", "AND R,R,#255",
        "ORR R,R,R,LSL #3", "ADDS R,R,R", "CMP R,#N", "CSEL R,R,R,NE", "CSINC R,R,R,LT", "LDR R,[X1]",
        "STR R,[X1]", "LDR R,[X1,#8]", "STR R,[X1],#8", "LDRB W4,[X1]", "STRH W5,[X1]", "LDAR R,[X1]",
        "STLR R,[X1]", "LDAPR R,[X1]", "LDXR R,[X1]", "STLXR W9,R,[X1]", "SWPAL R,R,[X1]", "CASA R,R,[X1]",
        "LDADDL R,R,[X1]", "DMB ISH", "DSB SY", "ISB", "LSL R,R,#2", "LSR R,R,#5", "ASR R,R,R", "MUL R,R,R",
        "MVN R,R", "LDP X4,X5,[X1]", "STP W4,W5,[X1,#8]", "SXTW X4,W5", "UBFX W4,W5,#1,#3", "REV W4,W5"};

    @TempDir
    private Path folder;

    private static String x86(Random random, int size) {
        String text = X86[random.nextInt(X86.length)].replace("#", SUFFIXES[size]);
        return fill(text, "R", () -> "%" + REGISTERS[size][random.nextInt(REGISTERS[size].length)])
                .replace("N", String.valueOf(random.nextInt(-100, 100)));
    }

    private static String arm(Random random, String width) {
        // The mnemonics hold an R too: only operands are filled in.
        String[] parts = ARM[random.nextInt(ARM.length)].split(" ", 2);
        return parts.length < 2
                ? parts[0]
                : parts[0] + " " + parts[1].replaceAll("\\bR\\b", "@").transform(t -> fill(t, "@",
                        () -> width + random.nextInt(4, 9))).replace("#N", "#" + random.nextInt(4000));
    }

    private static String fill(String text, String mark, Supplier<String> with) {
        String filled = text;
        while (filled.contains(mark) && !with.get().contains(mark)) {
            int at = filled.indexOf(mark);
            filled = filled.substring(0, at) + with.get() + filled.substring(at + mark.length());
        }
        return filled;
    }

    private static Optional<byte[]> encoded(String header, String initial, String instruction, String machine) {
        try {
            LitmusTest test = LitmusParser.parse("fuzz", header + " fuzz\n{ " + initial + " }\n P0 ;\n " + instruction
                    + " ;\nexists ([x]=0 /\\ [y]=0)\n");
            return Optional.of(ThreadEncoder.of(test.architecture(), machine).encode(test, test.threads().getFirst(),
                    List.of(), LAYOUT));
        } catch (LitmusException e) {
            assertThat(e.getMessage()).as(instruction).isNotBlank();
            return Optional.empty();
        }
    }

    private void disassembled(String tool, List<String> options, List<byte[]> codes, List<String> bad)
            throws Exception {
        Path file = folder.resolve("code");
        try (var out = Files.newOutputStream(file)) {
            for (byte[] code : codes) {
                out.write(code);
            }
        }
        List<String> command = new ArrayList<>(List.of(tool, "-D", "-b", "binary"));
        command.addAll(options);
        command.add(file.toString());
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, tool + " is not here: " + e.getMessage());
            return;
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        assertThat(text.lines().count()).isGreaterThan(codes.size() * 20L);
        assertThat(text.lines().filter(line -> bad.stream().anyMatch(line::contains)).toList()).isEmpty();
    }

    @Test
    void whatIsEncodedForX86IsCodeToTheDisassembler() throws Exception {
        Random random = new Random(SEED);
        List<byte[]> codes = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            encoded("X86_64", "", x86(random, random.nextInt(4)), "amd64").ifPresent(codes::add);
        }
        assertThat(codes).as("seed " + SEED).hasSizeGreaterThan(1000);
        disassembled("objdump", List.of("-m", "i386:x86-64"), codes, List.of("(bad)"));
    }

    @Test
    void whatIsEncodedForArmIsCodeToTheDisassembler() throws Exception {
        Random random = new Random(SEED);
        List<byte[]> codes = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            encoded("AArch64", "0:X1=x;", arm(random, random.nextBoolean() ? "W" : "X"), "aarch64")
                    .ifPresent(codes::add);
        }
        assertThat(codes).as("seed " + SEED).hasSizeGreaterThan(1000);
        disassembled("aarch64-linux-gnu-objdump", List.of("-m", "aarch64"), codes,
                List.of(".inst", "undefined", "<unknown>"));
    }

    /** One thread has one outcome: the processor, by our encoder, and the model, by our semantics, must name the same. */
    @Test
    void randomProgramsEndOnTheProcessorAsTheModelSays() {
        assumeTrue(System.getProperty("os.arch").equals("amd64") && System.getProperty("os.name").equals("Linux"),
                "these programs are x86-64 machine code on Linux");
        runPrograms(List.of(), PROGRAMS, EncoderFuzzTest::x86Program);
    }

    @Test
    void randomArmProgramsEndAsTheModelSays() {
        String java = System.getenv("ASSAY_ARM_JAVA");
        assumeTrue(java != null,
                "no AArch64 JDK named: set ASSAY_ARM_JAVA to the command that starts one, emulator first");
        runPrograms(List.of(java.split(" ")), EMULATED_PROGRAMS, EncoderFuzzTest::armProgram);
    }

    private static void runPrograms(List<String> java, int count, Function<Random, String> programs) {
        Random random = new Random(SEED);
        int ran = 0;
        try (LitmusRunner runner = new LitmusRunner(
                new LitmusRunner.Settings(java, 0.001, 1, SEED, Optional.empty()))) {
            for (int i = 0; i < count; i++) {
                String text = programs.apply(random);
                try {
                    LitmusParser.parse("fuzz", text);
                } catch (LitmusException _) {
                    continue;
                }
                ObservedTest seen = runner.run("fuzz", text);
                if (seen.refusal().isEmpty()) {
                    ran++;
                    assertThat(seen.outcomes()).as("seed %d, program %d:%n%s", SEED, i, text).isNotEmpty()
                            .allMatch(outcome -> outcome.allowed() && outcome.count() > 0);
                }
            }
        }
        assertThat(ran).as("seed " + SEED).isGreaterThan(count * 2 / 3);
    }

    /** All accesses of a program have one size: what parts of several writes make is another test's matter. */
    private static String x86Program(Random random) {
        int size = random.nextInt(4);
        return program("X86_64 fuzz\n{ uint64_t x=" + random.nextInt(1000) + "; uint64_t y=7; 0:rax=3; 0:rbx="
                + random.nextInt(1000) + "; }", random, () -> x86(random, size),
                "locations [0:rax; 0:rbx; 0:rcx; 0:rdx; 0:rsi; 0:r8; 0:r9; x; y;]\nexists (0:rax=0)\n");
    }

    private static String armProgram(Random random) {
        String width = random.nextBoolean() ? "W" : "X";
        return program("AArch64 fuzz\n{ uint64_t x[4]={" + random.nextInt(1000)
                + ",5,6,7}; 0:X1=x; uint64_t 0:X4=3; uint64_t 0:X5="
                + random.nextInt(1000) + "; uint64_t 0:X6; uint64_t 0:X7; uint64_t 0:X8; }", random, () -> {
                    String text = arm(random, width);
                    while (text.matches(".*(LDRB|STRH|LDP|STP|XR).*")) {
                        text = arm(random, width);
                    }
                    return text;
                }, "locations [0:X4; 0:X5; 0:X6; 0:X7; 0:X8; x;]\nexists (0:X4=0)\n");
    }

    private static String program(String head, Random random, Supplier<String> instruction, String tail) {
        StringBuilder text = new StringBuilder(head + "\n P0 ;\n");
        int length = random.nextInt(2, 9);
        for (int i = 0; i < length; i++) {
            text.append(' ').append(instruction.get()).append(" ;\n");
        }
        return text.append(tail).toString();
    }
}
