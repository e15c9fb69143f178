/* A type of the right name and another shape, a type that is nowhere, and a misspelt one. */
#include "core.h"

struct list_head {
    int next;
} CORE;

struct task_strukt {
    s32 pid;
} CORE;

u64 seen;

SEC("raw_tracepoint/sched_switch") int shape(void *context) {
    struct list_head *list = get_current_task();
    u32 next = 0;
    probe_read_kernel(&next, sizeof(next), ADDRESS(list->next));
    seen = next;
    return 0;
}

SEC("raw_tracepoint/sched_wakeup") int spelling(void *context) {
    struct task_strukt *task = get_current_task();
    u32 pid = 0;
    probe_read_kernel(&pid, sizeof(pid), ADDRESS(task->pid));
    seen = pid;
    return 0;
}
