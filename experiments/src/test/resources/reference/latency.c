/* The chase of memory.latency in C: latency BYTES_MOST LINE HUGE NANOS PROCESSOR LEVEL:SIZE... (sizes to measure) */
#include "observation.h"

#define REPEATS 5
#define BATCH 8192

static void **chase(void **at, long steps) {
    for (; steps > 0; steps -= 32) {
#define STEP at = (void **)*at;
#define STEPS8 STEP STEP STEP STEP STEP STEP STEP STEP
        STEPS8 STEPS8 STEPS8 STEPS8
        __asm__ volatile("" : "+r"(at));
    }
    return at;
}

int main(int argc, char **argv) {
    if (argc < 7) return 2;
    size_t most = strtoull(argv[1], 0, 10), line = strtoull(argv[2], 0, 10);
    uint64_t slice = strtoull(argv[4], 0, 10) / (uint64_t)(argc - 6 + 3);
    pin(atoi(argv[5]));
    begin();
    char *start = block(most, atoi(argv[3]));
    *(void **)start = start;
    size_t lines = 1;
    uint64_t random = now();
    double *batches = malloc(sizeof(double) * 10000000);
    int whole = 1;
    for (int i = 6; i < argc; i++) {
        size_t bytes = strtoull(strchr(argv[i], ':') + 1, 0, 10);
        int memory = bytes == most;
        for (; lines < bytes / line; lines++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            char *before = start + ((random >> 32) * lines >> 32) * line, *added = start + lines * line;
            *(void **)added = *(void **)before;
            *(void **)before = added;
        }
        void **at = chase((void **)start, (long)(lines / 32 * 32));
        double values[REPEATS];
        for (int r = 0; r < REPEATS; r++) {
            uint64_t stop = now() + slice * (memory ? 4 : 1) / REPEATS;
            int count = 0;
            do {
                uint64_t t = now();
                at = chase(at, BATCH);
                batches[count++] = (double)(now() - t) / BATCH;
            } while (now() < stop && count < 10000000);
            values[r] = median(batches, count);
        }
        char point[64];
        snprintf(point, sizeof point, "level=%.*s", (int)(strchr(argv[i], ':') - argv[i]), argv[i]);
        record(memory ? "" : point, values, REPEATS);
        whole &= (char *)at >= start && (char *)at < start + bytes;
    }
    check("the walk stays in its block", whole);
    return end();
}
