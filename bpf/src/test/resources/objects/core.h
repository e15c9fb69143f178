/* What every subject here shares: sections, relocatable access, and the few helpers used. */
#define SEC(name) __attribute__((section(name), used))
#define CORE __attribute__((preserve_access_index))
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int s32;

static void *(*get_current_task)(void) = (void *)35;
static long (*probe_read_kernel)(void *to, u32 bytes, const void *from) = (void *)113;
static u64 (*get_current_pid_tgid)(void) = (void *)14;

#define FIELD_EXISTS(expression) __builtin_preserve_field_info(expression, 2)
#define FIELD_SIZE(expression) __builtin_preserve_field_info(expression, 1)
#define ADDRESS(expression) __builtin_preserve_access_index(&(expression))

char terms[] SEC("license") = "GPL";
