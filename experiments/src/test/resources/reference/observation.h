/* What all reference programs share: the clock, the median, and the form in which a trial answers (ObservationFile). */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sched.h>
#include <time.h>
#include <sys/mman.h>

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void die(const char *why) {
    perror(why);
    exit(1);
}

static void pin(int processor) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    if (sched_setaffinity(0, sizeof set, &set)) die("sched_setaffinity");
}

/* Memory aligned to a huge page, on ordinary or on transparent huge pages, touched. */
static char *block(size_t bytes, int huge) {
    size_t page = 2u << 20;
    char *whole = mmap(0, bytes + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (whole == MAP_FAILED) die("mmap");
    char *at = (char *)(((uintptr_t)whole + page - 1) & -page);
    madvise(at, bytes, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
    memset(at, 0, bytes);
    return at;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, by_value);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static FILE *answer;
static uint64_t began;

static void begin(void) {
    const char *path = getenv("ASSAY_OBSERVATION");
    answer = path ? fopen(path, "w") : stdout;
    if (!answer) die(path);
    fprintf(answer, "assay.observation/1\n");
    began = now();
}

static void record(const char *point, const double *values, int count) {
    fprintf(answer, "values\t%s\t", point);
    for (int i = 0; i < count; i++) fprintf(answer, "%.9g ", values[i]);
    fprintf(answer, "\n");
}

static void check(const char *says, int kept) {
    fprintf(answer, "check\t%s\t%s\n", says, kept ? "kept" : "broken");
}

static int end(void) {
    fprintf(answer, "nanos\t%llu\nend\n", (unsigned long long)(now() - began));
    return fclose(answer) ? 1 : 0;
}
