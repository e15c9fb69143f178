package dev.assay.machine;

import java.util.List;

/**
 * What each feature is called where: flags of x86 (arch/x86/include/asm/cpufeatures.h), AArch64 hardware capabilities
 * (Documentation/arch/arm64/elf_hwcaps.rst), RISC-V extensions, s390x features (arch/s390/kernel/processor.c), and the
 * final flags of HotSpot that say whether it is used.
 *
 * <p>
 * Columns: identifier | meaning | x86_64 | aarch64 | riscv64 | s390x | ppc64le | HotSpot flags. Several names are
 * alternatives, joined by {@code +} they are needed together; {@code *} is part of the architecture itself and
 * {@code -} does not exist there.
 */
final class FeatureTable {
    private static final String ROWS = """
            single-instruction-atomics | fetch-and-add in one instruction | * | atomics | a zaamo | vx | - | UseLSE
            compare-and-swap-128 | 128-bit compare-and-swap in one instruction | cx16 | atomics | zacas | * | - |
            single-copy-128 | plain 128-bit load and store without tearing | avx | uscat | - | * | * |
            acquire-rcpc | cheaper acquire loads (RCpc) | - | lrcpc | - | - | - |
            pointer-authentication | signed return addresses | - | paca | - | - | - | UseBranchProtection UseROPProtection
            branch-targets | indirect jumps land on marked targets only | ibt | bti | zicfilp | - | - | UseBranchProtection
            shadow-stack | a second stack guards return addresses | user_shstk | gcs | zicfiss | - | - |
            memory-tagging | tags on pointers and memory | - | mte | - | - | - |
            vector-128 | 128-bit vectors | sse2 | asimd | - | vx | * | MaxVectorSize
            vector-256 | 256-bit vectors | avx2 | - | - | - | - | UseAVX
            vector-512 | 512-bit vectors | avx512f | - | - | - | - | UseAVX
            vector-scalable | vectors of a length that the processor chooses | - | sve | v | - | - | UseSVE UseRVV
            vector-scalable-2 | the second generation of those | - | sve2 | - | - | - | UseSVE
            matrix | matrix registers and products | amx_tile | sme | - | - | mma |
            fused-multiply-add | a*b+c rounded once | fma | * | * | * | * | UseFMA
            half-precision | 16-bit floating-point arithmetic | avx512_fp16 | asimdhp | zfh | - | - |
            bfloat16 | bfloat16 products | avx512_bf16 amx_bf16 | bf16 | zfbfmin | - | - |
            int8-dot-product | sums of products of bytes | avx512_vnni avx_vnni | asimddp | - | - | - |
            aes | AES rounds | aes | aes | zvkned zkne | msa | * | UseAES UseAESIntrinsics
            aes-wide | AES on several blocks at once | vaes | sveaes | zvkned | - | - | UseAESCTRIntrinsics
            sha1 | SHA-1 | sha_ni | sha1 | - | msa | - | UseSHA1Intrinsics
            sha256 | SHA-2 of 256 bits | sha_ni | sha2 | zvknha zvknhb zknh | msa | * | UseSHA UseSHA256Intrinsics
            sha512 | SHA-2 of 512 bits | sha512 | sha512 | zvknhb zknh | msa | * | UseSHA512Intrinsics
            sha3 | SHA-3 | - | sha3 | - | msa | - | UseSHA3Intrinsics
            carry-less-multiply | products for GCM and CRC | pclmulqdq | pmull | zbc zvbc | - | * | UseGHASHIntrinsics
            crc32 | CRC-32 | sse4_2 pclmulqdq | crc32 | - | vx | - | UseCRC32Intrinsics UseCRC32CIntrinsics
            population-count | the number of bits that are set | popcnt | * | zbb | * | * | UsePopCountInstruction
            bit-manipulation | bit fields, rotations, and-not | bmi1+bmi2 | * | zba+zbb | * | - | UseBMI2Instructions UseZbb
            random-numbers | random numbers from the processor | rdrand | rng | zkr | - | darn |
            cache-flush | write back and drop a line | clflushopt | * | zicbom | - | * |
            cache-write-back | write back and keep a line | clwb | dcpop | zicbom | - | * |
            cache-zero | clear a whole line | - | * | zicboz | - | * | UseBlockZeroing
            steady-clock | a clock that ticks evenly and can be read by programs | constant_tsc+nonstop_tsc | * | * | * | * |
            wait-on-address | wait until a line is written | waitpkg monitorx | * | zawrs | - | - | OnSpinWaitInst
            transactional-memory | transactions in hardware | rtm | - | - | te | htm |
            gigabyte-pages | pages of 1 GiB | pdpe1gb | * | * | - | * |
            five-level-paging | 57-bit addresses | la57 | - | sv57 | - | - |
            """;

    private static final List<InstructionSet> COLUMNS = List.of(InstructionSet.X86_64, InstructionSet.AARCH64,
            InstructionSet.RISCV64, InstructionSet.S390X, InstructionSet.PPC64LE);

    private FeatureTable() {}

    /** One row as it reads for one architecture. */
    record Row(String id, String means, String names, List<String> jvmFlags) {}

    static List<Row> rows(InstructionSet set) {
        int column = COLUMNS.indexOf(set);
        return ROWS.lines().map(line -> {
            String[] cells = line.split("\\|", -1);
            String flags = cells[7].strip();
            return new Row(cells[0].strip(), cells[1].strip(), column < 0 ? "?" : cells[2 + column].strip(),
                    flags.isEmpty() ? List.of() : List.of(flags.split(" ")));
        }).toList();
    }
}
