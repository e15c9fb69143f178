package dev.assay.cli;

import dev.assay.bpf.BpfException;
import dev.assay.bpf.BpfProgram;
import dev.assay.bpf.LoadedObject;
import dev.assay.bpf.ObjectFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads an object into the running kernel, and says why not. */
@Command(name = "load", mixinStandardHelpOptions = true, description = {
    "Loads a BPF object into this kernel: relocates it, creates its maps, has its programs verified.",
    "Everything is removed again when the command ends, unless --pin names a folder, which then keeps all programs and",
    "maps (rm -r of it removes them) and nothing where one is refused; a map that the object itself pins by name is",
    "shared with others and stays in /sys/fs/bpf.",
    "Exit code 1 when the kernel refuses the object."},
        footer = {"", "Examples:", "  assay bpf load tracer.o",
            "  assay bpf load tracer.o --attach --for 5s", "  assay bpf load tracer.o --pin /sys/fs/bpf/tracer"})
final class BpfLoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "OBJ", description = "A compiled BPF object (ELF).")
    private Path path;

    @Option(names = "--btf", paramLabel = "FILE",
            description = "The types to relocate against. Default: the running kernel's.")
    private Path btf;

    @Option(names = "--attach", description = "Attach every program where its section says, for the time of --for.")
    private boolean attach;

    @Option(names = "--for", paramLabel = "TIME", defaultValue = "1s", converter = Spans.class,
            description = "How long to leave it attached, such as 500ms, 5s or 1m. Default: ${DEFAULT-VALUE}.")
    private java.time.Duration time;

    @Option(names = "--pin", paramLabel = "FOLDER",
            description = "Keep programs and maps under this folder of a bpf file system; made where it is missing.")
    private Path pin;

    @Override
    public Integer call() {
        ObjectFile object = ObjectFile.read(path);
        Map<String, Object> answer;
        try (LoadedObject loaded = LoadedObject.load(object, BpfOutput.kernel(btf))) {
            if (pin != null) {
                loaded.pin(pin);
            }
            List<String> attached = attach ? attached(loaded) : List.of();
            answer = BpfJson.load(object.path(), loaded, attached, attach);
        } catch (BpfException.Refused e) {
            if (denied(e)) {
                throw e;
            }
            answer = BpfJson.refused(object.path(), e.getMessage());
        }
        print(answer);
        return Boolean.TRUE.equals(answer.get("loads")) ? Exit.FINE : Exit.FINDING;
    }

    /** Missing permission says nothing about the object. */
    private static boolean denied(BpfException.Refused refused) {
        return refused.getMessage().contains("CAP_BPF");
    }

    private List<String> attached(LoadedObject loaded) {
        List<String> where = new ArrayList<>();
        for (BpfProgram program : loaded.programs()) {
            try {
                where.add(program.name() + " at " + loaded.attach(program).where());
            } catch (BpfException.Refused | BpfException.Unsupported e) {
                where.add(program.name() + " not attached: " + e.getMessage());
            }
        }
        // Ctrl-C ends the time early; what the maps hold by then is still told.
        try (Interruption _ = Interruption.of(Thread.currentThread()::interrupt)) {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return where;
    }

    private void print(Map<String, Object> answer) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.format == Output.Format.json) {
            BpfOutput.json(out, answer);
            return;
        }
        if (Boolean.FALSE.equals(answer.get("loads"))) {
            out.println(answer.get("path") + " does not load: " + answer.get("says"));
            return;
        }
        out.println(answer.get("path") + " loads");
        rows(answer.get("programs")).forEach(p -> out.println("  program " + p.get("name") + ", " + p.get(
                "instructions") + " instructions"));
        rows(answer.get("maps")).forEach(m -> out.println("  map " + m.get("name") + ", type " + m.get("type")
                + ", key " + m.get("keyBytes") + ", value " + m.get("valueBytes") + " bytes" + (m.containsKey("entries")
                        ? ", " + m.get("entries") + " entries"
                        : "")));
        ((List<?>) answer.get("attached")).forEach(a -> out.println("  " + a));
        ((List<?>) answer.get("pinned")).forEach(p -> out.println("  stays at " + p + "; rm removes it"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Object list) {
        return (List<Map<String, Object>>) list;
    }
}
