/* A setting and a symbol that no kernel has, and that are not weak. */
#include "core.h"

extern int no_kernel_has_this_variable __attribute__((section(".ksyms")));

u64 seen;

SEC("raw_tp/sys_enter") int fill(void *context) {
    seen = (u64)&no_kernel_has_this_variable;
    return 0;
}
