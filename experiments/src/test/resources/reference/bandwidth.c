/* STREAM's copy and triad in C, as gcc -O3 -march=native makes them: bandwidth BYTES NANOS PROCESSOR... */
#include "observation.h"
#include <pthread.h>

static double *a, *b, *c;
static size_t elements;
static int threads_now, kernel_now, done;
static pthread_barrier_t line;
static int processors[1024];

__attribute__((noinline)) static void copy(double *restrict to, const double *restrict from, size_t n) {
    for (size_t i = 0; i < n; i++) to[i] = from[i];
}

__attribute__((noinline)) static void triad(double *restrict to, const double *restrict x, const double *restrict y,
                                            double factor, size_t n) {
    for (size_t i = 0; i < n; i++) to[i] = x[i] + factor * y[i];
}

static void sweep(int part) {
    size_t from = elements / (size_t)threads_now * (size_t)part, n = elements / (size_t)threads_now;
    if (kernel_now == 0) copy(c + from, a + from, n);
    else triad(c + from, a + from, b + from, 3, n);
}

static void *helper(void *part) {
    pin(processors[(intptr_t)part]);
    for (;;) {
        pthread_barrier_wait(&line);
        if (done) return 0;
        sweep((int)(intptr_t)part);
        pthread_barrier_wait(&line);
    }
}

static void measure(int kernel, int threads, uint64_t nanos) {
    static double values[100000];
    pthread_t others[1024];
    kernel_now = kernel;
    threads_now = threads;
    done = 0;
    pthread_barrier_init(&line, 0, (unsigned)threads);
    for (int i = 1; i < threads; i++) pthread_create(&others[i], 0, helper, (void *)(intptr_t)i);
    uint64_t stop = now() + nanos;
    int count = 0;
    double moved = (double)elements * sizeof(double) * (kernel == 0 ? 2 : 3);
    do {
        pthread_barrier_wait(&line);
        uint64_t t = now();
        sweep(0);
        pthread_barrier_wait(&line);
        values[count++] = moved / (double)(now() - t);
    } while ((count < 4 || now() < stop) && count < 100000);
    done = 1;
    pthread_barrier_wait(&line);
    for (int i = 1; i < threads; i++) pthread_join(others[i], 0);
    char point[64];
    snprintf(point, sizeof point, "threads=%d,kernel=%d", threads, kernel);
    record(point, values, count);
}

int main(int argc, char **argv) {
    if (argc < 4) return 2;
    size_t bytes = strtoull(argv[1], 0, 10);
    uint64_t nanos = strtoull(argv[2], 0, 10);
    int all = argc - 3;
    for (int i = 0; i < all; i++) processors[i] = atoi(argv[3 + i]);
    pin(processors[0]);
    begin();
    elements = bytes / sizeof(double);
    a = (double *)block(bytes, 1);
    b = (double *)block(bytes, 1);
    c = (double *)block(bytes, 1);
    for (size_t i = 0; i < elements; i++) { a[i] = (double)(i % 100); b[i] = 1; }
    int right = 1;
    for (int kernel = 0; kernel <= 3; kernel += 3) {
        measure(kernel, 1, nanos / 4);
        if (all > 1) measure(kernel, all, nanos / 4);
        for (size_t i = 0; i < elements; i++) right &= c[i] == a[i] + (kernel ? 3 : 0);
    }
    check("every element is right", right);
    return end();
}
