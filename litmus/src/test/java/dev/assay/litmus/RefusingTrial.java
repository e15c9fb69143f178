package dev.assay.litmus;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** The trial process on a system that lets no memory become executable once it was writable (Linux 6.3, PR_SET_MDWE). */
final class RefusingTrial {
    private static final int PR_SET_MDWE = 65;
    private static final long PR_MDWE_REFUSE_EXEC_GAIN = 1;

    private RefusingTrial() {}

    @SuppressWarnings("restricted")
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Linker linker = Linker.nativeLinker();
        try {
            int result = (int) linker.downcallHandle(linker.defaultLookup().find("prctl").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                    Linker.Option.firstVariadicArg(1))
                    .invokeExact(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0L, 0L, 0L);
            if (result != 0) {
                throw new IllegalStateException("this kernel has no PR_SET_MDWE");
            }
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        LitmusTrial.main(arguments);
    }
}
