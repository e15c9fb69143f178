/* Maps that hold maps, and a map that holds programs, both with what they hold from the start. */
#include "core.h"

struct inner {
    int (*type)[2]; /* array */
    int (*max_entries)[1];
    u32 *key;
    u64 *value;
} first SEC(".maps"), second SEC(".maps");

struct {
    int (*type)[12]; /* array of maps */
    int (*max_entries)[2];
    u32 *key;
    struct inner *values[];
} outer SEC(".maps") = {.values = {&second, &first}};

struct {
    int (*type)[13]; /* hash of maps */
    int (*max_entries)[4];
    u32 *key;
    struct {
        int (*type)[1];
        int (*max_entries)[8];
        u32 *key;
        u32 *value;
    } *values[];
} hashed SEC(".maps");

int jumped(void *context);

struct {
    int (*type)[3]; /* program array */
    int (*max_entries)[3];
    int (*key_size)[4];
    int (*values[])(void *);
} jumps SEC(".maps") = {.values = {[2] = (void *)&jumped}};

static void *(*map_lookup)(void *map, const void *key) = (void *)1;
static long (*tail_call)(void *context, void *map, u32 index) = (void *)12;

u64 reached;

SEC("raw_tp/sys_enter") int jumped(void *context) {
    reached += 100;
    return 7;
}

SEC("raw_tp/sys_enter") int entry(void *context) {
    u32 key = 0;
    void *map = map_lookup(&outer, &key);
    if (map) {
        u64 *value = map_lookup(map, &key);
        if (value)
            *value = 42;
    }
    reached += 1;
    tail_call(context, &jumps, 2);
    return 1;
}
