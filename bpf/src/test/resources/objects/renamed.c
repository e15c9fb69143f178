/* Asks for fields that kernels have renamed, moved, or never had: once guarded, once not. */
#include "core.h"

struct task_struct {
    long state;
    u32 cpu;
    s32 pid;
} CORE;

struct task_struct___old {
    u32 cpu;
} CORE;

u64 seen;

SEC("raw_tracepoint/sched_switch") int guarded(void *context) {
    struct task_struct___old *task = get_current_task();
    u32 cpu = 0;
    if (FIELD_EXISTS(task->cpu))
        probe_read_kernel(&cpu, sizeof(cpu), ADDRESS(task->cpu));
    seen = cpu;
    return 0;
}

SEC("raw_tracepoint/sched_wakeup") int unguarded(void *context) {
    struct task_struct *task = get_current_task();
    long state = 0;
    probe_read_kernel(&state, sizeof(state), ADDRESS(task->state));
    seen = state;
    return 0;
}
