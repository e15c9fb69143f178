package dev.assay.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/**
 * The system calls that BPF needs: bpf(2), perf_event_open(2) and what goes with their descriptors.
 *
 * <p>
 * Attributes are written as the kernel lays them out (include/uapi/linux/bpf.h, union bpf_attr); offsets are named where
 * they are used. Every call answers with its value, or with the errno that it left.
 */
@SuppressWarnings("restricted")
final class Kernel {
    static final int MAP_CREATE = 0;
    static final int MAP_LOOKUP = 1;
    static final int MAP_UPDATE = 2;
    static final int MAP_DELETE = 3;
    static final int MAP_NEXT_KEY = 4;
    static final int PROG_LOAD = 5;
    static final int OBJECT_PIN = 6;
    static final int OBJECT_GET = 7;
    static final int PROG_TEST_RUN = 10;
    static final int OBJECT_INFO = 15;
    static final int RAW_TRACEPOINT_OPEN = 17;
    static final int BTF_OPEN = 19;
    static final int MAP_FREEZE = 22;
    static final int BTF_NEXT = 23;
    static final int LINK_CREATE = 28;
    /** Programs are timed while the descriptor that this gives is open. */
    static final int ENABLE_STATISTICS = 32;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EACCES = 13;
    static final int ENOSPC = 28;

    /** More than any kernel reads; the rest stays zero, which every kernel accepts. */
    static final int ATTRIBUTE_BYTES = 160;

    private static final boolean ARM = System.getProperty("os.arch").toLowerCase(Locale.ROOT).contains("aarch64");
    private static final long BPF = ARM ? 280 : 321;
    private static final long PERF_EVENT_OPEN = ARM ? 241 : 298;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = function("syscall", 6);
    private static final MethodHandle CLOSE = function("close", 1);
    private static final MethodHandle MMAP = function("mmap", 6);
    private static final MethodHandle MUNMAP = function("munmap", 2);
    private static final MethodHandle IOCTL = function("ioctl", 3);
    private static final MethodHandle OPEN = function("open", 3);
    private static final MethodHandle POLL = function("poll", 3);
    private static final MethodHandle SOCKET = function("socket", 3);
    private static final MethodHandle SETSOCKOPT = function("setsockopt", 5);
    private static final MethodHandle STRERROR = function("strerror", 1);

    private Kernel() {}

    /** Value and errno; the value is -1 where the call failed. */
    record Result(long value, int errno) {
        boolean failed() {
            return value == -1;
        }

        /** The value, or the refusal with {@code what} in front. */
        long orRefuse(String what) {
            if (failed()) {
                throw new BpfException.Refused(what + " was refused: " + describe(errno) + remedy(errno), errno);
            }
            return value;
        }
    }

    static String remedy(int errno) {
        return errno == EPERM || errno == EACCES
                ? "; it needs root, or CAP_BPF and CAP_PERFMON (and no lockdown or seccomp filter against bpf)"
                : "";
    }

    private static MethodHandle function(String name, int words) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null;
        }
        MemoryLayout[] arguments = new MemoryLayout[words];
        java.util.Arrays.fill(arguments, ValueLayout.JAVA_LONG);
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(
                ValueLayout.JAVA_LONG, arguments), Linker.Option.captureCallState("errno"));
    }

    private interface Call {
        long with(MemorySegment state) throws Throwable;
    }

    private static Result call(MethodHandle handle, Call call) {
        if (handle == null) {
            throw new BpfException.Refused("BPF programs run in Linux; this is " + System.getProperty("os.name"), 0);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long value = call.with(state);
            return value == -1 || (int) value == -1 ? new Result(-1, (int) ERRNO.get(state, 0L)) : new Result(value, 0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a foreign call failed: " + e, e);
        }
    }

    static Result bpf(int command, MemorySegment attribute) {
        return call(SYSCALL, state -> (long) SYSCALL.invokeExact(state, BPF, (long) command, attribute.address(),
                attribute.byteSize(), 0L, 0L));
    }

    static Result perfEventOpen(MemorySegment attribute, long process, long processor, long group, long flags) {
        return call(SYSCALL, state -> (long) SYSCALL.invokeExact(state, PERF_EVENT_OPEN, attribute.address(), process,
                processor, group, flags));
    }

    static void close(int descriptor) {
        call(CLOSE, state -> (long) CLOSE.invokeExact(state, (long) descriptor));
    }

    static Result ioctl(int descriptor, long request, long argument) {
        return call(IOCTL, state -> (long) IOCTL.invokeExact(state, (long) descriptor, request, argument));
    }

    static Result open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(path);
            return call(OPEN, state -> (long) OPEN.invokeExact(state, text.address(), (long) flags, 0L));
        }
    }

    static Result socket(int family, int type, int protocol) {
        return call(SOCKET, state -> (long) SOCKET.invokeExact(state, (long) family, (long) type, (long) protocol));
    }

    /** Sets an option whose value is an int. */
    static Result socketOption(int descriptor, int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocateFrom(ValueLayout.JAVA_INT, value);
            return call(SETSOCKOPT, state -> (long) SETSOCKOPT.invokeExact(state, (long) descriptor, (long) level,
                    (long) option, number.address(), 4L));
        }
    }

    /** Waits until the descriptor can be read or {@code millis} have passed; true where it can. */
    static boolean awaitReadable(int descriptor, int millis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4);
            poll.set(ValueLayout.JAVA_INT, 0, descriptor);
            poll.set(ValueLayout.JAVA_SHORT, 4, (short) 1);
            return call(POLL, state -> (long) POLL.invokeExact(state, poll.address(), 1L, (long) millis)).value() > 0;
        }
    }

    /** Maps {@code bytes} of a descriptor, shared; {@code writable} or read-only. */
    static MemorySegment map(int descriptor, long bytes, long offset, boolean writable) {
        long address = call(MMAP, state -> (long) MMAP.invokeExact(state, 0L, bytes, writable ? 3L : 1L, 1L,
                (long) descriptor, offset)).orRefuse("mapping " + bytes + " bytes of descriptor " + descriptor);
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    static void unmap(MemorySegment mapped) {
        call(MUNMAP, state -> (long) MUNMAP.invokeExact(state, mapped.address(), mapped.byteSize()));
    }

    /** The C library's words for an errno. */
    static String describe(int errno) {
        long text = call(STRERROR, state -> (long) STRERROR.invokeExact(state, (long) errno)).value();
        return MemorySegment.ofAddress(text).reinterpret(256).getString(0) + " (errno " + errno + ")";
    }

    static final int PAGE_BYTES = pageBytes();

    private static int pageBytes() {
        // 64 KiB pages are a kernel option on aarch64; getpagesize(2) knows.
        MethodHandle page = function("getpagesize", 0);
        return page == null
                ? 4096
                : (int) call(page, state -> (long) page.invokeExact(state)).value();
    }
}
