package dev.assay.bpf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The functions and tracepoints, of a kernel and its modules, that the sections of an object name. */
final class Hooks {
    private final Btf kernel;
    private final List<Btf> modules;
    private final Optional<KernelSymbols> symbols;

    Hooks(Btf kernel) {
        this(kernel, BtfFile.modules(kernel), BtfFile.running(kernel)
                ? Optional.of(new KernelSymbols())
                : Optional.empty());
    }

    /** {@code symbols} only where {@code kernel} is the running one. */
    Hooks(Btf kernel, List<Btf> modules, Optional<KernelSymbols> symbols) {
        this.kernel = kernel;
        this.modules = List.copyOf(modules);
        this.symbols = symbols;
    }

    /**
     * What the verifier checks a program against.
     *
     * @param type its number, 0 where it checks against nothing
     * @param module whose types the number is of, empty for the kernel's own
     */
    record Target(int type, Optional<String> module) {
        static final Target NONE = new Target(0, Optional.empty());
    }

    /**
     * The target of a hook.
     *
     * @throws BpfException.Refused where neither the kernel nor a module shows one, with what else is known of it
     */
    Target target(Hook hook) {
        return hook.typed()
                ? find(hook).orElseThrow(() -> new BpfException.Refused("this kernel has no " + absent(hook)
                        + ", so nothing can hook " + hook.target(), Kernel.ENOENT))
                : Target.NONE;
    }

    /** Hooks that the types show not to be there. Only those whose absence BTF proves are judged. */
    List<String> problems(ObjectFile object) {
        List<String> problems = new ArrayList<>();
        for (ObjectFile.Function function : object.functions()) {
            Hook.of(function.section().name()).filter(h -> h.typed() && !h.target().isEmpty() && find(h).isEmpty())
                    .ifPresent(h -> problems.add("program " + function.name() + " hooks " + function.section().name()
                            + ", and " + kernel.origin() + " has no " + absent(h)));
        }
        return problems;
    }

    private Optional<Target> find(Hook hook) {
        OptionalInt own = find(kernel, 0, hook);
        if (own.isPresent()) {
            return Optional.of(new Target(own.getAsInt(), Optional.empty()));
        }
        for (Btf module : modules) {
            OptionalInt type = find(module, module.firstId(), hook);
            if (type.isPresent()) {
                return Optional.of(new Target(type.getAsInt(), Optional.of(name(module))));
            }
        }
        return Optional.empty();
    }

    private static OptionalInt find(Btf btf, int from, Hook hook) {
        return Arrays.stream(btf.find(hook.typeName(), false)).filter(id -> id >= from && btf.kind(id) == hook
                .typeKind()).findFirst();
    }

    private static String name(Btf module) {
        return Path.of(module.origin()).getFileName().toString();
    }

    /** What is not there, and why it may be missing. */
    private String absent(Hook hook) {
        boolean function = hook.typeKind() == Kind.FUNC;
        String what = (function ? "function " : "tracepoint type ") + hook.typeName();
        Optional<String> owner = function ? symbols.flatMap(s -> s.owner(hook.typeName())) : Optional.empty();
        if (owner.isPresent() && owner.get().equals(KernelTypes.KERNEL)) {
            return what + " among its types (it runs: /proc/kallsyms lists it; the types leave out what was inlined in "
                    + "places or is there several times; a kprobe can hook it)";
        }
        if (owner.isPresent()) {
            return what + " among its types (module " + owner.get() + " has it, and " + shows(owner.get())
                    + "; a kprobe needs no types)";
        }
        if (symbols.isEmpty()) {
            return what;
        }
        return what + " (" + (modules.isEmpty()
                ? "and no module that is loaded shows types"
                : "nor have its modules " + modules.stream().map(Hooks::name).collect(Collectors.joining(", "))) + ")";
    }

    private String shows(String module) {
        return modules.stream().anyMatch(m -> name(m).equals(module))
                ? "its types leave it out"
                : "shows no types: /sys/kernel/btf/" + module + " is not there, as for modules built without "
                        + "CONFIG_DEBUG_INFO_BTF_MODULES or for another kernel";
    }
}
