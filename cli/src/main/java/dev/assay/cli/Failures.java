package dev.assay.cli;

import dev.assay.decide.DecideException;
import dev.assay.lab.LabException;
import dev.assay.bpf.BpfException;
import dev.assay.litmus.LitmusException;
import dev.assay.machine.MachineException;
import dev.assay.scan.ScanException;
import dev.assay.quantum.QuantumException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What goes wrong, as a sentence for the user and an exit code for scripts. */
final class Failures {
    private Failures() {}

    static int exitCode(Throwable failure) {
        return switch (failure) {
            case CommandLine.ParameterException _ -> Exit.USAGE;
            case LabException.Usage _ -> Exit.USAGE;
            case DecideException _ -> Exit.USAGE;
            case LabException.Archive _ -> Exit.FAILED;
            case BpfException.Malformed _,BpfException.NotFound _,BpfException.Unsupported _ -> Exit.USAGE;
            case BpfException.Refused _ -> Exit.UNTESTABLE;
            case ScanException.Usage _ -> Exit.USAGE;
            case ScanException.Unavailable _ -> Exit.UNTESTABLE;
            case LitmusException _ -> Exit.USAGE;
            case MachineException _ -> Exit.UNTESTABLE;
            case QuantumException _ -> Exit.USAGE;
            case UncheckedIOException _ -> Exit.USAGE;
            default -> Exit.FAILED;
        };
    }

    static int report(OutOfMemoryError failure) {
        System.err.println("assay: " + failure.getMessage() + ": a heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                + " MiB is not enough for this input; ASSAY_OPTS=-Xmx4g gives it 4 GiB");
        return Exit.FAILED;
    }

    /** A known failure is one sentence; an unknown one is a defect of ours and shows where. */
    static int report(Exception failure, CommandLine command, ParseResult parsed) {
        int code = exitCode(failure);
        command.getErr().println("assay: " + (failure.getMessage() == null ? failure : failure.getMessage()));
        if (code == Exit.FAILED) {
            failure.printStackTrace(command.getErr());
        }
        return code;
    }
}
