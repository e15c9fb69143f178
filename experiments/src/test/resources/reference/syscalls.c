/* The calls of runtime.syscalls in C: syscalls getppid|clock|write|read|futex NANOS PROCESSOR */
#include "observation.h"
#include <fcntl.h>
#include <pthread.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ITERATIONS 20
#define BATCH 1000

static int source, sink;
static long sum;
static struct timespec t;
static char byte;
static int word;

#define CALLS(name, call) \
    __attribute__((noinline)) static void name(void) { for (int i = 0; i < BATCH; i++) sum += (call); }
CALLS(call_getppid, getppid())
CALLS(call_clock, clock_gettime(CLOCK_MONOTONIC, &t))
CALLS(call_write, write(sink, &byte, 1))
CALLS(call_read, read(source, &byte, 1))
CALLS(call_futex, syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1L))

/* A JVM has many threads, and the kernel takes other paths then: the file table is shared, so each descriptor is counted,
   and a process with threads has futex buckets of its own. One idle thread gives this program the same paths. */
static void *idle(void *nothing) {
    pause();
    return nothing;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    pthread_t thread;
    if (pthread_create(&thread, 0, idle, 0)) return 3;
    void (*call)(void) = !strcmp(argv[1], "getppid") ? call_getppid : !strcmp(argv[1], "clock") ? call_clock
        : !strcmp(argv[1], "write") ? call_write : !strcmp(argv[1], "read") ? call_read : call_futex;
    long each = call == call_getppid ? (long)getppid() : call == call_write || call == call_read ? 1 : 0;
    uint64_t slice = strtoull(argv[2], 0, 10) / ITERATIONS;
    source = open("/dev/zero", O_RDONLY);
    sink = open("/dev/null", O_WRONLY);
    pin(atoi(argv[3]));
    begin();
    double values[ITERATIONS];
    long batches = 0;
    for (int i = 0; i < ITERATIONS; i++) {
        uint64_t start = now();
        long before = batches;
        do {
            call();
            batches++;
        } while (now() - start < slice);
        values[i] = (double)(now() - start) / (double)((batches - before) * BATCH);
    }
    record("", values, ITERATIONS);
    check("every call returned what it should", sum == each * batches * BATCH);
    return end();
}
