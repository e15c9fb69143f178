/* Everything here fits: fields by their right width, a size, an existence, a map and global data. */
#include "core.h"

struct task_struct {
    s32 pid;
    s32 tgid;
    char comm[16];
} CORE;

struct {
    int (*type)[1];        /* hash */
    int (*max_entries)[64];
    u32 *key;
    u64 *value;
} counts SEC(".maps");

static void *(*map_lookup)(void *map, const void *key) = (void *)1;
static long (*map_update)(void *map, const void *key, const void *value, u64 flags) = (void *)2;

u64 calls;
const volatile u32 wanted = 7;

static __attribute__((noinline)) int add(u32 key, u64 amount) {
    u64 *count = map_lookup(&counts, &key);
    if (count) {
        __sync_fetch_and_add(count, amount);
        return 1;
    }
    return map_update(&counts, &key, &amount, 0);
}

SEC("raw_tracepoint/sched_switch") int count(void *context) {
    struct task_struct *task = get_current_task();
    s32 pid = 0;
    char first = 0;
    probe_read_kernel(&pid, sizeof(pid), ADDRESS(task->pid));
    probe_read_kernel(&first, 1, ADDRESS(task->comm[0]));
    __sync_fetch_and_add(&calls, 1);
    if (FIELD_EXISTS(task->tgid))
        add(pid, wanted);
    return FIELD_SIZE(task->tgid);
}
