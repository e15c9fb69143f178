/* One thread adding to one number in C: rmw getAndAdd|compareAndSet NANOS PROCESSOR */
#include "observation.h"

#define ITERATIONS 20
#define BATCH 100000

static volatile long sink;
static long number __attribute__((aligned(256)));

__attribute__((noinline)) static void get_and_add(void) {
    for (int i = 0; i < BATCH; i++) {
        long seen = __atomic_fetch_add(&number, 1, __ATOMIC_SEQ_CST);
        __asm__ volatile("" ::"r"(seen)); /* the old value is used, so that it must be fetched */
    }
}

__attribute__((noinline)) static void compare_and_set(void) {
    for (int i = 0; i < BATCH; i++) {
        long seen;
        do {
            seen = __atomic_load_n(&number, __ATOMIC_SEQ_CST);
        } while (!__atomic_compare_exchange_n(&number, &seen, seen + 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
        __asm__ volatile("" ::"r"(seen));
    }
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    void (*form)(void) = strcmp(argv[1], "getAndAdd") ? compare_and_set : get_and_add;
    uint64_t slice = strtoull(argv[2], 0, 10) / ITERATIONS;
    pin(atoi(argv[3]));
    begin();
    double values[ITERATIONS];
    long batches = 0;
    for (int i = 0; i < ITERATIONS; i++) {
        uint64_t start = now();
        long before = batches;
        do {
            form();
            batches++;
        } while (now() - start < slice);
        values[i] = (double)(now() - start) / (double)((batches - before) * BATCH);
    }
    record("threads=1,separate=0", values, ITERATIONS);
    check("the sum is exact", number == batches * BATCH);
    return end();
}
