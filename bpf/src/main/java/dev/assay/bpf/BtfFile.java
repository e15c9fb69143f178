package dev.assay.bpf;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Where BTF is found: the running kernel and its modules, raw files, ELF files with a {@code .BTF} section, and any of
 * them compressed with gzip.
 */
public final class BtfFile {
    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");
    /** The largest input that is read or unpacked; a distribution's vmlinux with debug information is under this. */
    private static final int MAX_BYTES = 1 << 30;

    private static final int PIECE_BYTES = 1 << 15;

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

    /** Whether these are the types of the running kernel, as {@link #kernel} reads them. */
    static boolean running(Btf kernel) {
        return kernel.origin().equals(KERNEL.toString());
    }

    /** The types of the modules that are loaded, where {@code kernel} is the running one; none for any other. */
    static List<Btf> modules(Btf kernel) {
        if (!running(kernel)) {
            return List.of();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(KERNEL.getParent())) {
            List<Btf> modules = new ArrayList<>();
            for (Path file : files) {
                if (!file.equals(KERNEL)) {
                    modules.add(read(file, kernel));
                }
            }
            return modules;
        } catch (IOException e) {
            throw new BpfException.NotFound(KERNEL.getParent() + " cannot be read: " + e.getMessage(), e);
        }
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
            byte[] bytes = read(in, file.toFile().length());
            if (bytes.length == MAX_BYTES) {
                throw new BpfException.Malformed(file + " is larger than 1 GiB; that is no object file");
            }
            return unpack(file.toString(), bytes);
        } catch (NoSuchFileException | java.io.FileNotFoundException e) {
            // The JDK's words are the path and, in brackets, why.
            throw new BpfException.NotFound(file + " cannot be read: " + e.getMessage().replace(file + " ", ""), e);
        } catch (IOException e) {
            throw new BpfException.NotFound(file + " cannot be read: " + e, e);
        }
    }

    /**
     * In pieces that stay in the processor's cache: the native side of a read goes through a buffer of the same size,
     * and 5.5 MB of fresh memory take longer to get than the kernel takes to copy.
     */
    private static byte[] read(InputStream in, long expected) throws IOException {
        byte[] bytes = new byte[Math.clamp(expected, PIECE_BYTES, MAX_BYTES)];
        int length = 0;
        while (length < MAX_BYTES) {
            if (length == bytes.length) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(2L * length, MAX_BYTES));
                bytes[length++] = (byte) next;
            }
            int read = in.read(bytes, length, Math.min(PIECE_BYTES, bytes.length - length));
            if (read < 0) {
                break;
            }
            length += read;
            if (length >= 2 && !promising(bytes)) {
                // A device may go on for ever, and a wrong file may be large; this much is enough to say so.
                break;
            }
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Whether bytes begin as ELF, as BTF in either order, or as gzip does. */
    private static boolean promising(byte[] bytes) {
        return switch ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) {
            case 0x7f45, 0xeb9f, 0x9feb, 0x1f8b -> true;
            default -> false;
        };
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
