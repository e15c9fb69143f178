/* Reads eight bytes of the four-byte pid: it loads everywhere and glues pid and tgid together. */
#include "core.h"

struct task_struct {
    u64 pid;
    u64 start_time;
} CORE;

u64 seen;

SEC("raw_tracepoint/sched_switch") int glued(void *context) {
    struct task_struct *task = get_current_task();
    u64 pid = 0;
    probe_read_kernel(&pid, sizeof(pid), ADDRESS(task->pid));
    seen = pid;
    return 0;
}
