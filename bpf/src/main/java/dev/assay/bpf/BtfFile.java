package dev.assay.bpf;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Where BTF is found: the running kernel and its modules, raw files, ELF files with a {@code .BTF} section, and any of
 * them compressed with gzip.
 */
public final class BtfFile {
    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");
    /** The largest input that is read or unpacked; a distribution's vmlinux with debug information is under this. */
    private static final int MAX_BYTES = 1 << 30;

    private BtfFile() {}

    /** Whether the running kernel shows its types. */
    public static boolean kernelAvailable() {
        return Files.isReadable(KERNEL);
    }

    /**
     * The types of the running kernel.
     *
     * @throws BpfException.NotFound where the kernel was built without them
     */
    public static Btf kernel() {
        if (!kernelAvailable()) {
            throw new BpfException.NotFound("this kernel does not show its types: " + KERNEL
                    + " is not there. It needs CONFIG_DEBUG_INFO_BTF; name a file with --btf instead.");
        }
        return read(KERNEL);
    }

    /**
     * Reads BTF from a file.
     *
     * <p>
     * The file is read, not mapped: mapping needs the foreign linker, which costs a cold virtual machine four times what
     * reading 5.5 MB does, and {@code FileChannel} cannot map the kernel's (it asks for a shared mapping, which sysfs
     * refuses).
     */
    public static Btf read(Path file) {
        return read(file, null);
    }

    /** Reads split BTF, such as a module's, on top of {@code base}. */
    public static Btf read(Path file, Btf base) {
        return parse(file.toString(), bytes(file), base);
    }

    static Btf parse(String origin, byte[] bytes, Btf base) {
        if (ElfFile.isElf(bytes)) {
            ElfFile elf = ElfFile.read(origin, bytes);
            ElfFile.Section section = elf.section(".BTF").orElseThrow(() -> new BpfException.NotFound(origin
                    + " has no .BTF section; build it with -g (clang -target bpf), or run pahole -J on it"));
            ElfFile.Section split = elf.section(".BTF.base").orElse(null);
            Btf under = split == null ? base : new Btf(origin + ":.BTF.base", elf.bytes(split), null);
            return new Btf(origin, elf.bytes(section), under);
        }
        return new Btf(origin, bytes, base);
    }

    /** The bytes of {@code file}, unpacked where they are gzip. */
    static byte[] bytes(Path file) {
        try (InputStream in = new FileInputStream(file.toFile())) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            if (bytes.length == MAX_BYTES) {
                throw new BpfException.Malformed(file + " is larger than 1 GiB; that is no object file");
            }
            return unpack(file.toString(), bytes);
        } catch (NoSuchFileException | java.io.FileNotFoundException e) {
            throw new BpfException.NotFound(file + " cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BpfException.NotFound(file + " cannot be read: " + e, e);
        }
    }

    static byte[] unpack(String origin, byte[] bytes) throws IOException {
        if (bytes.length < 2 || bytes[0] != 0x1f || bytes[1] != (byte) 0x8b) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] unpacked = in.readNBytes(MAX_BYTES);
            if (unpacked.length == MAX_BYTES) {
                throw new BpfException.Malformed(origin + " unpacks to more than 1 GiB; that is no object file");
            }
            return unpacked;
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw new BpfException.Malformed(origin + " begins like gzip and cannot be unpacked: " + e.getMessage(), e);
        }
    }
}
