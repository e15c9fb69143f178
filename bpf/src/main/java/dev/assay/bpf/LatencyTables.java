package dev.assay.bpf;

/**
 * The maps that an observer's programs share, and the pieces of program that write them.
 *
 * <p>
 * Stack of every program that uses the pieces:
 *
 * <pre>
 *   r10 -  8   key of starts                         (8 bytes)
 *   r10 - 24   value of starts: time, detail         (16)
 *   r10 - 40   key of counts: thread, process, detail, bucket   (4 x 4)
 *   r10 - 56   value of counts: how many, sum of nanoseconds    (16)
 * </pre>
 *
 * A bucket is eight to the octave, so a bucket's width is an eighth of its lower end: {@code 8 * log2(v)} plus the three
 * bits below the leading one.
 */
final class LatencyTables implements AutoCloseable {
    static final int KEY = -8;
    static final int START = -24;
    static final int DETAIL_STORED = -16;
    static final int THREAD = -40;
    static final int PROCESS = -36;
    static final int DETAIL = -32;
    static final int BUCKET = -28;
    static final int COUNT = -56;
    static final int SUM = -48;
    private static final int STARTS = 1 << 14;
    private static final int ROWS = 1 << 15;

    private final Opened open = new Opened();
    private final BpfMap starts;
    private final BpfMap counts;
    private final BpfMap lost;

    LatencyTables() {
        try {
            starts = open.add(BpfMap.create(new BpfMap.Definition("starts", BpfMap.LRU_HASH, 8, 16, STARTS, 0)));
            counts = open.add(BpfMap.create(new BpfMap.Definition("counts", BpfMap.HASH, 16, 16, ROWS, 0)));
            lost = open.add(BpfMap.create(new BpfMap.Definition("lost", BpfMap.ARRAY, 4, 8, 1, 0)));
        } catch (BpfException e) {
            open.close();
            throw e;
        }
    }

    BpfMap counts() {
        return counts;
    }

    /** Records that did not fit into the table. */
    long lostRecords() {
        return java.nio.ByteBuffer.wrap(lost.get(MapDefinitions.zero()).orElseThrow()).order(java.nio.ByteOrder
                .nativeOrder()).getLong();
    }

    /** Remembers now under the key in {@code key}; the detail must stand at {@link #DETAIL_STORED}. Uses R0 to R5. */
    void begin(ProgramBuilder b, Register key) {
        b.store(Register.R10, KEY, 8, key);
        b.call(HelperFunction.TIME_NANOS).store(Register.R10, START, 8, Register.R0);
        b.map(Register.R1, starts);
        address(b, Register.R2, KEY);
        address(b, Register.R3, START);
        b.move(Register.R4, 0).call(HelperFunction.MAP_UPDATE);
    }

    /** R7 = nanoseconds since {@link #begin}, which is forgotten; its detail goes into the counts' key. */
    void elapsed(ProgramBuilder b, Register key, String absent) {
        b.store(Register.R10, KEY, 8, key);
        b.map(Register.R1, starts);
        address(b, Register.R2, KEY);
        b.call(HelperFunction.MAP_LOOKUP).jump(Condition.EQUAL, Register.R0, 0, absent);
        b.load(Register.R7, 8, Register.R0, 0).load(Register.R1, 8, Register.R0, 8);
        b.store(Register.R10, DETAIL_STORED, 8, Register.R1).store(Register.R10, DETAIL, 4, Register.R1);
        b.map(Register.R1, starts);
        address(b, Register.R2, KEY);
        b.call(HelperFunction.MAP_DELETE).call(HelperFunction.TIME_NANOS);
        b.compute(ProgramBuilder.Operation.SUBTRACT, Register.R0, Register.R7).move(Register.R7, Register.R0);
    }

    /** R7 = nanoseconds since this was last done for the key, 0 the first time. */
    void sinceLast(ProgramBuilder b, Register key) {
        b.store(Register.R10, KEY, 8, key).move(Register.R7, 0);
        b.map(Register.R1, starts);
        address(b, Register.R2, KEY);
        b.call(HelperFunction.MAP_LOOKUP).jump(Condition.EQUAL, Register.R0, 0, "first");
        b.load(Register.R7, 8, Register.R0, 0).call(HelperFunction.TIME_NANOS);
        b.compute(ProgramBuilder.Operation.SUBTRACT, Register.R0, Register.R7).move(Register.R7, Register.R0);
        b.label("first").store(Register.R10, DETAIL_STORED, 8, 0);
        begin(b, key);
    }

    /** Counts R7 nanoseconds for the thread, process and detail on the stack, and ends. Uses R0 to R5. */
    void recordAndExit(ProgramBuilder b) {
        bucket(b);
        b.store(Register.R10, BUCKET, 4, Register.R0).map(Register.R1, counts);
        address(b, Register.R2, THREAD);
        b.call(HelperFunction.MAP_LOOKUP).jump(Condition.EQUAL, Register.R0, 0, "new row");
        b.move(Register.R1, 1).atomicAdd(Register.R0, 0, Register.R1).atomicAdd(Register.R0, 8, Register.R7);
        b.jump("out");
        b.label("new row").store(Register.R10, COUNT, 8, 1).store(Register.R10, SUM, 8, Register.R7);
        b.map(Register.R1, counts);
        address(b, Register.R2, THREAD);
        address(b, Register.R3, COUNT);
        b.move(Register.R4, 0).call(HelperFunction.MAP_UPDATE).jump(Condition.EQUAL, Register.R0, 0, "out");
        b.store(Register.R10, KEY, 8, 0).map(Register.R1, lost);
        address(b, Register.R2, KEY);
        b.call(HelperFunction.MAP_LOOKUP).jump(Condition.EQUAL, Register.R0, 0, "out");
        b.move(Register.R1, 1).atomicAdd(Register.R0, 0, Register.R1);
        b.label("out").move(Register.R0, 0).exit();
    }

    /** R0 = bucket of R7. Uses R1 and R2. */
    private static void bucket(ProgramBuilder b) {
        b.move(Register.R0, 0).move(Register.R1, Register.R7);
        for (int bits = 32; bits >= 1; bits /= 2) {
            String narrower = "under 2^" + bits;
            b.move(Register.R2, Register.R1).compute(ProgramBuilder.Operation.SHIFT_RIGHT, Register.R2, bits);
            b.jump(Condition.EQUAL, Register.R2, 0, narrower);
            b.compute(ProgramBuilder.Operation.ADD, Register.R0, bits).move(Register.R1, Register.R2);
            b.label(narrower);
        }
        b.move(Register.R1, Register.R7).compute(ProgramBuilder.Operation.SHIFT_LEFT, Register.R1, 3);
        b.compute(ProgramBuilder.Operation.SHIFT_RIGHT, Register.R1, Register.R0);
        b.compute(ProgramBuilder.Operation.AND, Register.R1, 7);
        b.compute(ProgramBuilder.Operation.SHIFT_LEFT, Register.R0, 3);
        b.compute(ProgramBuilder.Operation.ADD, Register.R0, Register.R1);
    }

    static void address(ProgramBuilder b, Register to, int offset) {
        b.move(to, Register.R10).compute(ProgramBuilder.Operation.ADD, to, offset);
    }

    /** The bucket of a value, as the programs compute it; for tests. */
    static int bucketOf(long nanos) {
        int octave = nanos < 1 ? 0 : 63 - Long.numberOfLeadingZeros(nanos);
        return octave << 3 | (int) (nanos << 3 >>> octave & 7);
    }

    /** The smallest value of a bucket. */
    static long lowest(int bucket) {
        int octave = bucket >> 3;
        long eighths = 8L + (bucket & 7);
        return octave >= 3 ? eighths << octave - 3 : bucket == 0 ? 0 : (eighths << octave) + 7 >>> 3;
    }

    @Override
    public void close() {
        open.close();
    }
}
