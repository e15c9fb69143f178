/* What the loader fills: settings of the kernel, addresses and types of its symbols, and weak ones that no kernel has. */
#include "core.h"

#define SETTING __attribute__((section(".kconfig")))
#define SYMBOL __attribute__((section(".ksyms")))
#define WEAK __attribute__((weak))

extern u32 LINUX_KERNEL_VERSION SETTING;
extern u64 CONFIG_HZ SETTING;
extern _Bool CONFIG_BPF_SYSCALL SETTING;
extern char CONFIG_NET SETTING;
extern char CONFIG_CC_VERSION_TEXT[16] SETTING;
extern u32 CONFIG_NO_KERNEL_HAS_THIS SETTING WEAK;
extern const void schedule SYMBOL;
extern const int runqueues_of_no_kernel SYMBOL WEAK;

u64 version, hertz, address, absent, symbol;
u32 syscalls, net;
char compiler[16];

SEC("raw_tp/sys_enter") int fill(void *context) {
    version = LINUX_KERNEL_VERSION;
    hertz = CONFIG_HZ;
    syscalls = CONFIG_BPF_SYSCALL;
    net = CONFIG_NET;
    absent = CONFIG_NO_KERNEL_HAS_THIS;
    address = (u64)&schedule;
    symbol = (u64)&runqueues_of_no_kernel;
    for (int i = 0; i < 16; i++)
        compiler[i] = CONFIG_CC_VERSION_TEXT[i];
    return 0;
}
