package dev.assay.experiments;

import dev.assay.lab.Bench;
import dev.assay.lab.Card;
import dev.assay.lab.Expectation;
import dev.assay.lab.Experiment;
import dev.assay.lab.Metric;
import dev.assay.lab.Point;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.Machine;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost to call a C function from Java, and when does it pay?
 *
 * <p>
 * The small cases call functions of the C library that do next to nothing: {@code labs}, {@code ldiv} (which returns a
 * struct by value), {@code bsearch} over one element (which calls back once) and {@code sysconf(-1)} (which fails and
 * sets errno without a system call). The large case signs: ECDSA over P-256 in pure Java and by OpenSSL.
 */
public final class RuntimeFfi implements Experiment {
    private static final String OPENSSL = "libcrypto.so.3";

    @Override
    public Card card() {
        List<String> options = new ArrayList<>(List.of(Jmh.OPTIONS));
        options.add("-XX:CompileCommand=dontinline,*RuntimeFfi$Calls::absolute");
        return Card.of("runtime.ffi").asks("What does it cost to call C from Java?")
                .because("A native library is worth calling when what it saves exceeds what the crossing costs, and the"
                        + " crossing differs by an order of magnitude between its kinds.")
                .varies("the kind of call: plain Java, downcall, critical downcall, struct by value, upcall, errno"
                        + " captured; and a whole signature in Java against one in OpenSSL")
                .holds("one thread, handles in static final fields, functions that do next to nothing; the same key,"
                        + " message and hash (SHA-256) for both signatures")
                .measures(new Metric("time per call", "ns", Metric.Better.LOWER)).headline(Point.NONE)
                .lasting(Duration.ofMillis(300)).with(options.toArray(String[]::new));
    }

    @Override
    public List<Variant> variants(Machine machine) {
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.of("Java call", Map.of("call", "java")));
        variants.add(Variant.of("downcall", Map.of("call", "downcall")));
        variants.add(Variant.of("critical downcall", Map.of("call", "critical")));
        variants.add(Variant.of("struct by value", Map.of("call", "struct")));
        variants.add(Variant.of("down and up", Map.of("call", "upcall")));
        variants.add(Variant.of("errno captured", Map.of("call", "errno")));
        if (OpenSsl.here()) {
            variants.add(Variant.of("ECDSA in Java", Map.of("sign", "java")));
            variants.add(Variant.of("ECDSA in OpenSSL", Map.of("sign", "openssl")).against("ECDSA in Java"));
        }
        return variants;
    }

    @Override
    public List<Expectation> expectations(Machine machine) {
        return List.of(
                Expectation.of("A downcall moves the thread out of Java and back (two ordered writes and a safepoint"
                        + " poll); a critical one does not, and should cost little more than a call that is not"
                        + " inlined. An upcall does it all twice."),
                Expectation.of(OpenSsl.here()
                        ? "Signing takes tens of microseconds, so the crossing is lost in it: the difference is the"
                                + " arithmetic's."
                        : "The signatures are left out: " + OPENSSL + " is not here; install OpenSSL 3."));
    }

    @Override
    public Workload workload() {
        return bench -> {
            Pinned.processors(bench.processors());
            Pinned.thread(0);
            if (bench.parameters().containsKey("sign")) {
                sign(bench);
                return;
            }
            String call = bench.parameter("call");
            Jmh.of(bench, Calls.class).measure(Point.NONE, call, 1, 1);
            bench.check("every call returned what it should", Calls.right);
            if (call.equals("errno")) {
                bench.check("errno was exact in a million failing calls", Calls.errnoExact(1_000_000));
            }
        };
    }

    private static final int SIGNING_REPEATS = 12;
    /** Big-number arithmetic takes the compilers longer than a call does. */
    private static final int SIGNING_TIMES = 4;

    private static void sign(Bench bench) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        byte[] message = new byte[256];
        Signer signer = bench.parameter("sign").equals("java")
                ? javaSigner(keys, message)
                : OpenSsl.signer(keys, message);
        long slice = bench.time().multipliedBy(SIGNING_TIMES).toNanos() / SIGNING_REPEATS;
        byte[] signature = {};
        for (int i = 0; i < SIGNING_REPEATS; i++) {
            long start = System.nanoTime();
            long signed = 0;
            do {
                signature = signer.sign();
                signed++;
            } while (System.nanoTime() - start < slice);
            bench.record((System.nanoTime() - start) / (double) signed);
        }
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(keys.getPublic());
        verifier.update(message);
        bench.check("the last signature verifies", verifier.verify(signature));
        bench.figure("signatureBytes", signature.length);
    }

    private interface Signer {
        byte[] sign() throws GeneralSecurityException;
    }

    private static Signer javaSigner(KeyPair keys, byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA", "SunEC");
        signature.initSign(keys.getPrivate());
        return () -> {
            signature.update(message);
            return signature.sign();
        };
    }

    /** OpenSSL 3 by its EVP functions. */
    @SuppressWarnings("restricted")
    private static final class OpenSsl {
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
        private static final AddressLayout POINTER = ValueLayout.ADDRESS;
        private static final ValueLayout SIZE = ValueLayout.JAVA_LONG;

        private OpenSsl() {}

        static boolean here() {
            try (Arena arena = Arena.ofConfined()) {
                SymbolLookup.libraryLookup(OPENSSL, arena);
                return true;
            } catch (IllegalArgumentException e) {
                return false; // its message says only that it could not be opened, which the expectation says too
            }
        }

        static Signer signer(KeyPair keys, byte[] message) {
            Arena arena = Arena.global();
            SymbolLookup library = SymbolLookup.libraryLookup(OPENSSL, arena);
            MethodHandle init = function(library, "EVP_DigestSignInit", INT, POINTER, POINTER, POINTER, POINTER,
                    POINTER);
            MethodHandle sign = function(library, "EVP_DigestSign", INT, POINTER, POINTER, POINTER, POINTER, SIZE);
            MemorySegment text = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            MemorySegment room = arena.allocate(256);
            MemorySegment length = arena.allocate(SIZE);
            try {
                MemorySegment key = privateKey(library, keys, arena);
                MemorySegment hash = (MemorySegment) function(library, "EVP_sha256", POINTER).invokeExact();
                MemorySegment context = (MemorySegment) function(library, "EVP_MD_CTX_new", POINTER).invokeExact();
                return () -> {
                    try {
                        length.set(ValueLayout.JAVA_LONG, 0, room.byteSize());
                        int ready = (int) init.invokeExact(context, MemorySegment.NULL, hash, MemorySegment.NULL, key);
                        int signed = (int) sign.invokeExact(context, room, length, text, text.byteSize());
                        if (ready != 1 || signed != 1) {
                            throw new GeneralSecurityException("OpenSSL did not sign: " + ready + ", " + signed);
                        }
                        return room.asSlice(0, length.get(ValueLayout.JAVA_LONG, 0)).toArray(ValueLayout.JAVA_BYTE);
                    } catch (GeneralSecurityException e) {
                        throw e;
                    } catch (Throwable e) {
                        throw new IllegalStateException("OpenSSL could not be called", e);
                    }
                };
            } catch (Throwable e) {
                throw new IllegalStateException("OpenSSL could not be prepared", e);
            }
        }

        private static MemorySegment privateKey(SymbolLookup library, KeyPair keys, Arena arena) throws Throwable {
            byte[] encoded = keys.getPrivate().getEncoded(); // PKCS #8, which d2i_AutoPrivateKey(3) takes
            MemorySegment start = arena.allocateFrom(POINTER, arena.allocateFrom(ValueLayout.JAVA_BYTE, encoded));
            MemorySegment key = (MemorySegment) function(library, "d2i_AutoPrivateKey", POINTER, POINTER, POINTER, SIZE)
                    .invokeExact(MemorySegment.NULL, start, (long) encoded.length);
            if (key.address() == 0) {
                throw new IllegalStateException("OpenSSL did not take the key");
            }
            return key;
        }

        private static MethodHandle function(SymbolLookup library, String name, MemoryLayout result,
                MemoryLayout... arguments) {
            return Linker.nativeLinker().downcallHandle(library.findOrThrow(name),
                    FunctionDescriptor.of(result, arguments));
        }
    }

    /** The small calls. */
    @State(Scope.Thread)
    @SuppressWarnings("restricted")
    public static class Calls extends Pinned {
        private static final Linker LINKER = Linker.nativeLinker();
        private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
        private static final StructLayout QUOTIENT = MemoryLayout.structLayout(LONG.withName("quot"),
                LONG.withName("rem"));
        private static final StructLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
        private static final int EINVAL = 22; // on Linux, macOS and the BSDs alike (errno.h)

        private static final MethodHandle LABS = find("labs", FunctionDescriptor.of(LONG, LONG));
        private static final MethodHandle CRITICAL = find("labs", FunctionDescriptor.of(LONG, LONG),
                Linker.Option.critical(false));
        private static final MethodHandle LDIV = find("ldiv", FunctionDescriptor.of(QUOTIENT, LONG, LONG));
        private static final MethodHandle SYSCONF = find("sysconf", FunctionDescriptor.of(LONG, ValueLayout.JAVA_INT),
                Linker.Option.captureCallState("errno"));
        private static final MethodHandle BSEARCH = find("bsearch", FunctionDescriptor.of(ValueLayout.ADDRESS,
                ValueLayout.ADDRESS, ValueLayout.ADDRESS, LONG, LONG, ValueLayout.ADDRESS));
        private static final MemorySegment COMPARE = comparison();

        static volatile boolean right;
        private static long upcalls;
        private final MemorySegment room = Arena.global().allocate(QUOTIENT);
        private final SegmentAllocator intoRoom = (bytes, alignment) -> room;
        private final MemorySegment state = Arena.global().allocate(STATE);
        private final MemorySegment element = Arena.global().allocate(LONG);
        private long calls;
        private long correct;

        private static MethodHandle find(String name, FunctionDescriptor shape, Linker.Option... options) {
            return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
        }

        private static MemorySegment comparison() {
            try {
                MethodHandle equal = MethodHandles.lookup().findStatic(Calls.class, "equal",
                        MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class));
                return LINKER.upcallStub(equal, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS), Arena.global());
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private static int equal(MemorySegment key, MemorySegment element) {
            upcalls++;
            return 0;
        }

        private void count(boolean asExpected) {
            calls++;
            correct += asExpected ? 1 : 0;
        }

        @TearDown(Level.Trial)
        public void end() {
            right = calls > 0 && correct == calls && (upcalls == 0 || upcalls == calls);
        }

        @Benchmark
        public void java() {
            long number = -calls;
            count(absolute(number) == calls);
        }

        private static long absolute(long number) {
            return number < 0 ? -number : number;
        }

        @Benchmark
        public void downcall() throws Throwable {
            long number = -calls;
            count((long) LABS.invokeExact(number) == calls);
        }

        @Benchmark
        public void critical() throws Throwable {
            long number = -calls;
            count((long) CRITICAL.invokeExact(number) == calls);
        }

        @Benchmark
        public void struct() throws Throwable {
            MemorySegment answer = (MemorySegment) LDIV.invokeExact(intoRoom, calls, 7L);
            count(answer.get(LONG, 0) * 7 + answer.get(LONG, Long.BYTES) == calls);
        }

        @Benchmark
        public void upcall() throws Throwable {
            MemorySegment found = (MemorySegment) BSEARCH.invokeExact(element, element, 1L, (long) Long.BYTES, COMPARE);
            count(found.address() == element.address());
        }

        @Benchmark
        public void errno() throws Throwable {
            long answer = (long) SYSCONF.invokeExact(state, -1);
            count(answer == -1 && (int) ERRNO.get(state, 0L) == EINVAL);
        }

        /** Failing calls in turn with two reasons, errno wiped before each, so that a stale one is noticed. */
        static boolean errnoExact(int failing) {
            MethodHandle close = find("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                    Linker.Option.captureCallState("errno"));
            int badDescriptor = 9; // EBADF, errno.h
            MemorySegment state = Arena.global().allocate(STATE);
            long exact = 0;
            try {
                for (int i = 0; i < failing; i++) {
                    ERRNO.set(state, 0L, 0);
                    boolean kernel = (i & 15) == 0; // close(-1) enters the kernel, sysconf(-1) does not
                    long answer = kernel ? (int) close.invokeExact(state, -1) : (long) SYSCONF.invokeExact(state, -1);
                    exact += answer == -1 && (int) ERRNO.get(state, 0L) == (kernel ? badDescriptor : EINVAL) ? 1 : 0;
                }
            } catch (Throwable e) {
                throw new IllegalStateException("the C library could not be called", e);
            }
            return exact == failing;
        }
    }
}
