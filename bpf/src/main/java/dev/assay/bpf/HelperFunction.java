package dev.assay.bpf;

/** Functions of the kernel that programs may call, by their number in bpf.h (___BPF_FUNC_MAPPER). */
public enum HelperFunction {
    MAP_LOOKUP(1), MAP_UPDATE(2), MAP_DELETE(3), TIME_NANOS(5), PROCESSOR(8), PROCESS_AND_THREAD(14), PERF_OUTPUT(
            25),
    READ_KERNEL(113), RING_OUTPUT(130);

    private final int number;

    HelperFunction(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
