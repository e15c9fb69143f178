package dev.assay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder while being written. */
@Command(name = "generate")
final class LitmusGenerateCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return Exit.FAILED;
    }
}
