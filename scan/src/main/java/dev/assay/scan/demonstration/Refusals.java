package dev.assay.scan.demonstration;

import dev.assay.scan.demonstration.Demonstration.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** What this virtual machine, or one with the properties of another machine, refuses or answers differently. */
final class Refusals {
    static final String STARTS = "starts were refused";
    private static final String ALLOWED = "This JDK still allows it; a later one will not.";
    private static final boolean X86 = System.getProperty("os.arch").equals("amd64");

    static final List<Demonstration> ALL = List.of(
            new Demonstration("hazard.native-byte-order",
                    "Numbers are written in this machine's byte order and read in the other one, as a machine of the other"
                            + " order would.",
                    "numbers came back changed", List.of(), "Every number reads the same both ways, which cannot be.",
                    Refusals::otherOrder),
            new Demonstration("hazard.misaligned-view",
                    "getAndAdd through a view of a byte array as long[], at offsets 0 to 15.",
                    "offsets were refused", List.of(),
                    "This JDK allows them; JDK 17 refuses those that are not aligned, JDK 25 all.",
                    Refusals::misaligned),
            new Demonstration("hazard.fixed-library-name",
                    "A library is loaded by the path that it has on another architecture.", "loads failed", List.of(),
                    "Libraries of that architecture are installed here, and load: that is not to be expected elsewhere.",
                    () -> refused(Refusals::libraryOfAnother)),
            new Demonstration("hazard.architecture-names",
                    "A choice by os.arch that knows x86 names only, with os.arch as riscv64 has it.",
                    "choices fell through", List.of("-Dos.arch=riscv64"), "os.arch was not riscv64.",
                    () -> refused(() -> switch (System.getProperty("os.arch")) {
                        case "amd64", "x86_64", "x86" -> "x86";
                        default -> throw new IllegalStateException("not supported");
                    })),
            new Demonstration("hazard.jdk-internals",
                    "sun.misc.Unsafe.allocateMemory where memory access is denied, and jdk.internal.misc.Unsafe by"
                            + " reflection.",
                    "accesses were refused", List.of("--sun-misc-unsafe-memory-access=deny"), ALLOWED,
                    () -> refused(Refusals::unsafeMemory, Refusals::internalUnsafe)),
            new Demonstration("hazard.thread-stop", "Thread.stop, suspend and resume are called.",
                    "calls were refused", List.of(), ALLOWED,
                    () -> refused(() -> onThread("stop"), () -> onThread("suspend"), () -> onThread("resume"))),
            new Demonstration("hazard.finalizer",
                    "Objects with finalize() are dropped and collected where finalization is disabled.",
                    "objects were never finalised", List.of("--finalization=disabled"),
                    "Finalisers ran, although they are disabled.", Refusals::finalised),
            new Demonstration("settings.flag-of-another-architecture",
                    "A virtual machine is started with an option of another architecture.", STARTS,
                    List.of(X86 ? "-XX:UseSVE=1" : "-XX:UseAVX=2"), "This virtual machine knows the option.",
                    Refusals::started),
            new Demonstration("settings.flag-of-another-system",
                    "A virtual machine is started with an option of another operating system.", STARTS,
                    List.of(System.getProperty("os.name").startsWith("Windows")
                            ? "-XX:+UseTransparentHugePages"
                            : "-XX:+UseAllWindowsProcessorGroups"),
                    "This virtual machine knows the option.", Refusals::started),
            new Demonstration("settings.flag-gone", "A virtual machine is started with an option of JDK 8.", STARTS,
                    List.of("-XX:+UseConcMarkSweepGC"), "This virtual machine knows the option.", Refusals::started),
            new Demonstration("debt.unsafe-deserialisation",
                    "An object is read from bytes without a filter; its class runs code of its own while it is read.",
                    "reads ran it", List.of(), "A filter of the whole virtual machine is set.",
                    Refusals::deserialised));

    private Refusals() {}

    private static Tally started() {
        return new Tally(0, 1);
    }

    private static Tally refused(Callable<?>... attempts) {
        int refused = 0;
        for (Callable<?> attempt : attempts) {
            try {
                attempt.call();
            } catch (Exception | LinkageError _) {
                refused++;
            }
        }
        return new Tally(refused, attempts.length);
    }

    private static Tally otherOrder() {
        ByteOrder other = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer buffer = ByteBuffer.allocate(8);
        int changed = 0;
        for (long value = 1; value <= 1000; value++) {
            buffer.order(ByteOrder.nativeOrder()).putLong(0, value);
            changed += buffer.order(other).getLong(0) == value ? 0 : 1;
        }
        return new Tally(changed, 1000);
    }

    private static Tally misaligned() {
        VarHandle longs = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = new byte[64];
        int refused = 0;
        for (int offset = 0; offset < 16; offset++) {
            try {
                longs.getAndAdd(bytes, offset, 1L);
            } catch (UnsupportedOperationException | IllegalStateException _) {
                refused++;
            }
        }
        return new Tally(refused, 16);
    }

    @SuppressWarnings("restricted")
    private static Object libraryOfAnother() {
        System.load("/usr/lib/" + (X86 ? "aarch64" : "x86_64") + "-linux-gnu/libm.so.6");
        return "loaded";
    }

    private static Object unsafeMemory() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        return type.getMethod("allocateMemory", long.class).invoke(field.get(null), 8L);
    }

    private static Object internalUnsafe() throws ReflectiveOperationException {
        return Class.forName("jdk.internal.misc.Unsafe").getMethod("getUnsafe").invoke(null);
    }

    private static Object onThread(String method) throws ReflectiveOperationException {
        return Thread.class.getMethod(method).invoke(new Thread(() -> {}));
    }

    private static final class Finalised {
        private static final AtomicInteger COUNT = new AtomicInteger();

        // The wrong that is to be shown.
        @Override
        @SuppressWarnings({"removal", "deprecation"})
        protected void finalize() {
            COUNT.incrementAndGet();
        }
    }

    private static Tally finalised() throws InterruptedException {
        int objects = 100;
        for (int i = 0; i < objects; i++) {
            new Finalised();
        }
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return new Tally(objects - Finalised.COUNT.get(), objects);
    }

    private static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1;
        private static int ran;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            ran++;
        }
    }

    private static Tally deserialised() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Gadget());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            in.readObject();
        }
        return new Tally(Gadget.ran, 1);
    }
}
