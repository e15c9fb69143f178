package dev.assay.cli;

import dev.assay.bpf.BpfException;
import dev.assay.bpf.BtfFile;
import dev.assay.bpf.CPrinter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * {@code assay bpf types --format c [--btf FILE]}, which builds and scripts call in place of bpftool, without the
 * command line's machinery: that takes longer to start than the header takes to print. The launcher starts it, for these
 * arguments alone and with the modules cli and bpf alone, so nothing here may need another. {@link BpfTypesCommand}
 * answers the same.
 */
final class BpfHeader {
    private static final int FILE = 5;

    private BpfHeader() {}

    public static void main(String[] arguments) {
        int code = print(arguments, new FileOutputStream(FileDescriptor.out));
        // To exit in so many words starts the JDK's logging; to return does not.
        if (code != Exit.FINE) {
            System.exit(code);
        }
    }

    static int print(String[] arguments, OutputStream out) {
        try {
            CPrinter.header(arguments.length > FILE
                    ? BtfFile.read(Path.of(arguments[FILE]))
                    : BtfFile.kernel(), out);
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
