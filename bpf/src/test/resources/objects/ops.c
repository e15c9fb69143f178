/* An interface of the kernel implemented by programs. */
#include "core.h"

struct tcp_congestion_ops {
    void (*init)(void *sock);
    char name[16];
};

SEC("struct_ops/init") void begin(void *context) {}

struct tcp_congestion_ops quick SEC(".struct_ops") = {.init = (void *)begin, .name = "quick"};
