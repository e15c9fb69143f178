package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that a program names, in a kernel and in its modules. */
class HooksTest {
    private static final String SYMBOLS = """
            ffffffff81000000 T do_exit
            ffffffff81000010 t do_exit_not
            ffffffff81000020 T kernel_inlined
            ffffffffc0000010 t nf_hook_entry\t[nf_tables]
            ffffffffc0000020 t other_entry\t[other]
            0000000000000000 t hidden
            """;

    @TempDir
    private Path folder;
    private KernelSymbols symbols;

    @BeforeEach
    void listsSymbols() throws IOException {
        symbols = new KernelSymbols(Files.writeString(folder.resolve("kallsyms"), SYMBOLS));
    }

    private static Btf kernel() {
        BtfWriter writer = new BtfWriter();
        int proto = writer.referring(Kind.FUNC_PROTO, "", 0);
        writer.referring(Kind.FUNC, "do_exit", proto);
        writer.referring(Kind.TYPEDEF, "nf_hook_run", proto);
        return new Btf("kernel", writer.bytes(ByteOrder.LITTLE_ENDIAN), null);
    }

    /** Split BTF with one function. */
    private static Btf module(Btf base, String path, String function) {
        byte[] names = (function + "\0").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(24 + 12 + names.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) Btf.MAGIC).put((byte) 1).put((byte) 0).putInt(24).putInt(0).putInt(12).putInt(12).putInt(
                names.length);
        bytes.putInt(base.strings().end()).putInt(Kind.FUNC.ordinal() << 24).putInt(1).put(names);
        return new Btf(path, bytes.array(), base);
    }

    private static Hook hook(String section) {
        return Hook.of(section).orElseThrow();
    }

    @Test
    void aFunctionOfTheKernelComesBeforeThatOfAModuleWhichIsNamed() {
        Btf kernel = kernel();
        Hooks hooks = new Hooks(kernel, List.of(module(kernel, "/sys/kernel/btf/first", "do_exit"), module(kernel,
                "/sys/kernel/btf/nf_tables", "nf_hook_run")), Optional.of(symbols));
        assertThat(hooks.target(hook("fentry/do_exit"))).isEqualTo(new Hooks.Target(2, Optional.empty()));
        assertThat(hooks.target(hook("fexit/nf_hook_run"))).as("the kernel's typedef of that name is no function")
                .isEqualTo(new Hooks.Target(kernel.endId(), Optional.of("nf_tables")));
        assertThat(hooks.target(hook("kprobe/anything"))).isEqualTo(Hooks.Target.NONE);
    }

    @Test
    void whyAFunctionCannotBeHookedIsToldByWhoHasIt() {
        Btf kernel = kernel();
        Hooks hooks = new Hooks(kernel, List.of(module(kernel, "/sys/kernel/btf/nf_tables", "nf_other")), Optional.of(
                symbols));
        assertThatThrownBy(() -> hooks.target(hook("fentry/kernel_inlined"))).isInstanceOf(BpfException.Refused.class)
                .hasMessageContaining("no function kernel_inlined").hasMessageContaining("/proc/kallsyms lists it");
        assertThatThrownBy(() -> hooks.target(hook("fentry/nf_hook_entry"))).hasMessageContaining("module nf_tables")
                .hasMessageContaining("its types leave it out").hasMessageContaining("kprobe");
        assertThatThrownBy(() -> hooks.target(hook("fentry/other_entry"))).hasMessageContaining("module other")
                .hasMessageContaining("/sys/kernel/btf/other is not there");
        assertThatThrownBy(() -> hooks.target(hook("fentry/nowhere"))).hasMessageContaining("nor have its modules "
                + "nf_tables");
        assertThatThrownBy(() -> new Hooks(kernel, List.of(), Optional.of(symbols)).target(hook("tp_btf/nowhere")))
                .hasMessageContaining("no tracepoint type btf_trace_nowhere").hasMessageContaining(
                        "no module that is loaded shows types");
        assertThatThrownBy(() -> new Hooks(kernel, List.of(), Optional.empty()).target(hook("fentry/nowhere")))
                .hasMessage("this kernel has no function nowhere, so nothing can hook nowhere");
    }

    @Test
    void aSleepableProgramIsOneWhereTheKernelLetsItSleep() {
        assertThat(hook("fentry.s/do_exit")).isEqualTo(new Hook(Hook.Way.BTF, Hook.TRACING, Hook.FENTRY, "do_exit",
                true));
        assertThat(hook("lsm.s/file_open").sleepable()).isTrue();
        assertThat(hook("fentry/do_exit").sleepable()).isFalse();
        assertThat(Hook.of("kprobe.s/do_exit")).isEmpty();
        assertThat(Hook.of("tp_btf.s/sched_switch")).isEmpty();
    }

    @Test
    void aSymbolIsFoundByItsWholeNameAndHiddenOnesAreRefused() {
        assertThat(symbols.address("do_exit")).hasValue(0xffffffff81000000L);
        assertThat(symbols.address("nf_hook_entry")).hasValue(0xffffffffc0000010L);
        assertThat(symbols.owner("other_entry")).contains("other");
        assertThat(symbols.address("do_exi")).isEmpty();
        assertThat(new KernelSymbols(folder.resolve("absent")).address("do_exit")).isEmpty();
        assertThatThrownBy(() -> symbols.address("hidden")).isInstanceOf(BpfException.Refused.class)
                .hasMessageContaining("kptr_restrict");
    }

    @Test
    void aHookMayNameItsTypesByTheModuleThatHasThem() {
        Available.loading();
        Btf kernel = BtfFile.kernel();
        Hook hook = hook("tp_btf/sched_switch");
        int type = new Hooks(kernel).target(hook).type();
        List<Instruction> nothing = new ProgramBuilder("named", "tp_btf/sched_switch", kernel).move(Register.R0, 0)
                .exit().build();
        // The kernel's own types by the same route as a module's.
        Hooks.Target named = new Hooks.Target(type, Optional.of(KernelTypes.KERNEL));
        try (BpfProgram program = BpfProgram.load(new BpfProgram.Image("named", hook, nothing, "GPL", named, 0),
                _ -> "");
                BpfLink link = Attachment.attach(program)) {
            assertThat(link.where()).isEqualTo("sched_switch");
        }
        assertThatThrownBy(() -> KernelTypes.descriptor("no_such_module")).isInstanceOf(BpfException.Refused.class)
                .hasMessageContaining("no_such_module").hasMessageContaining("vmlinux");
    }
}
