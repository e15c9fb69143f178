package dev.assay.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command line said and how it ended, run in this process. */
record Invocation(int exit, String out, String err) {
    static Invocation of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Assay.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        int exit = command.execute(arguments);
        return new Invocation(exit, out.toString(), err.toString());
    }
}
