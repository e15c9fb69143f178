package dev.assay.bpf;

import java.util.Map;

/** Names of the system calls that servers make most; the others go by their number (x86-64: asm/unistd_64.h). */
final class SystemCalls {
    private static final Map<Integer, String> X86_64 = Map.ofEntries(Map.entry(0, "read"), Map.entry(1, "write"), Map
            .entry(3, "close"), Map.entry(7, "poll"), Map.entry(9, "mmap"), Map.entry(10, "mprotect"),
            Map.entry(11,
                    "munmap"),
            Map.entry(13, "rt_sigaction"), Map.entry(14, "rt_sigprocmask"), Map.entry(16, "ioctl"),
            Map.entry(17, "pread64"), Map.entry(18, "pwrite64"), Map.entry(19, "readv"), Map.entry(20, "writev"), Map
                    .entry(24, "sched_yield"),
            Map.entry(28, "madvise"), Map.entry(35, "nanosleep"), Map.entry(41,
                    "socket"),
            Map.entry(42, "connect"), Map.entry(43, "accept"), Map.entry(44, "sendto"), Map
                    .entry(45, "recvfrom"),
            Map.entry(46, "sendmsg"), Map.entry(47, "recvmsg"), Map
                    .entry(56, "clone"),
            Map.entry(59, "execve"), Map.entry(61, "wait4"), Map
                    .entry(72, "fcntl"),
            Map.entry(74, "fsync"), Map.entry(89,
                    "readlink"),
            Map.entry(202, "futex"), Map.entry(217,
                    "getdents64"),
            Map.entry(230, "clock_nanosleep"),
            Map.entry(232, "epoll_wait"), Map.entry(233, "epoll_ctl"), Map.entry(257, "openat"), Map.entry(262,
                    "newfstatat"),
            Map.entry(271, "ppoll"), Map.entry(281, "epoll_pwait"), Map.entry(288, "accept4"),
            Map.entry(321, "bpf"), Map.entry(332, "statx"), Map.entry(435, "clone3"), Map.entry(449, "futex_waitv"));

    private SystemCalls() {}

    static String name(int number) {
        boolean x86 = System.getProperty("os.arch").equals("amd64");
        return x86 ? X86_64.getOrDefault(number, "call " + number) : "call " + number;
    }
}
