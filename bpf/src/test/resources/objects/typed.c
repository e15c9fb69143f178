/* A variable of the kernel that has a type, one for each processor. */
#include "core.h"

extern const int bpf_prog_active __attribute__((section(".ksyms")));

u64 known;

static void *(*per_cpu)(const void *variable, u32 processor) = (void *)153;

SEC("raw_tp/sys_enter") int fill(void *context) {
    known = per_cpu(&bpf_prog_active, 0) != 0;
    return 0;
}
