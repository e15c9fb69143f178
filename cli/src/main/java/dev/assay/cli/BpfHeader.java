package dev.assay.cli;

import dev.assay.bpf.BpfException;
import dev.assay.bpf.Btf;
import dev.assay.bpf.BtfFile;
import dev.assay.bpf.CPrinter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code assay bpf types --format c}, which builds and scripts call in place of bpftool, without the command line's
 * machinery: that takes longer to start than the header takes to print. The launcher starts it with the modules cli and
 * bpf alone, so nothing here may need another. Other arguments are left to {@link BpfTypesCommand}, which answers the
 * same.
 */
record BpfHeader(Path file, Path base) {

    /** What these arguments ask for, where that is a header and nothing else. */
    static Optional<BpfHeader> asked(String[] arguments) {
        if (arguments.length < 4 || !arguments[0].equals("bpf") || !arguments[1].equals("types")) {
            return Optional.empty();
        }
        boolean c = false;
        Path file = null;
        Path base = null;
        for (int i = 2; i + 1 < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--format" -> c = value.equals("c");
                case "--btf" -> file = Path.of(value);
                case "--base" -> base = Path.of(value);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return c && arguments.length % 2 == 0 && (base == null || file != null)
                ? Optional.of(new BpfHeader(file, base))
                : Optional.empty();
    }

    int print() {
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            Btf btf = base == null ? BpfOutput.kernel(file) : BtfFile.read(file, BtfFile.read(base));
            CPrinter.header(btf, out);
            return Exit.FINE;
        } catch (BpfException e) {
            System.err.println("assay: " + e.getMessage());
            return e instanceof BpfException.Refused ? Exit.UNTESTABLE : Exit.USAGE;
        } catch (IOException e) {
            // Whoever reads has gone, as head does after its lines.
            return Exit.FINE;
        }
    }
}
