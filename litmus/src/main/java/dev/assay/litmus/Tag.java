package dev.assay.litmus;

/** What marks an event, besides being a read, a write or a fence; each is a set in the models. At most 64. */
enum Tag {
    /** The set A. */
    A("A"),
    /** The set L. */
    L("L"),
    /** The set Q. */
    Q("Q"),
    /** The set X. */
    ATOMIC("X"),
    /** The set EX. */
    EXCLUSIVE("EX"),
    /** The set NoRet. */
    NO_RETURN("NoRet"),
    /** The set DMB.SY. */
    DMB_SY("DMB.SY"),
    /** The set DMB.LD. */
    DMB_LD("DMB.LD"),
    /** The set DMB.ST. */
    DMB_ST("DMB.ST"),
    /** The set DMB.ISH. */
    DMB_ISH("DMB.ISH"),
    /** The set DMB.ISHLD. */
    DMB_ISHLD("DMB.ISHLD"),
    /** The set DMB.ISHST. */
    DMB_ISHST("DMB.ISHST"),
    /** The set DMB.NSH. */
    DMB_NSH("DMB.NSH"),
    /** The set DMB.NSHLD. */
    DMB_NSHLD("DMB.NSHLD"),
    /** The set DMB.NSHST. */
    DMB_NSHST("DMB.NSHST"),
    /** The set DMB.OSH. */
    DMB_OSH("DMB.OSH"),
    /** The set DMB.OSHLD. */
    DMB_OSHLD("DMB.OSHLD"),
    /** The set DMB.OSHST. */
    DMB_OSHST("DMB.OSHST"),
    /** The set DSB.SY. */
    DSB_SY("DSB.SY"),
    /** The set DSB.LD. */
    DSB_LD("DSB.LD"),
    /** The set DSB.ST. */
    DSB_ST("DSB.ST"),
    /** The set DSB.ISH. */
    DSB_ISH("DSB.ISH"),
    /** The set DSB.ISHLD. */
    DSB_ISHLD("DSB.ISHLD"),
    /** The set DSB.ISHST. */
    DSB_ISHST("DSB.ISHST"),
    /** The set DSB.NSH. */
    DSB_NSH("DSB.NSH"),
    /** The set DSB.NSHLD. */
    DSB_NSHLD("DSB.NSHLD"),
    /** The set DSB.NSHST. */
    DSB_NSHST("DSB.NSHST"),
    /** The set DSB.OSH. */
    DSB_OSH("DSB.OSH"),
    /** The set DSB.OSHLD. */
    DSB_OSHLD("DSB.OSHLD"),
    /** The set DSB.OSHST. */
    DSB_OSHST("DSB.OSHST"),
    /** The set ISB. */
    ISB("ISB"),
    /** The set MFENCE. */
    MFENCE("MFENCE"),
    /** The set LFENCE. */
    LFENCE("LFENCE"),
    /** The set SFENCE. */
    SFENCE("SFENCE"),
    /** The set Fence.r.r. */
    FENCE_R_R("Fence.r.r"),
    /** The set Fence.r.w. */
    FENCE_R_W("Fence.r.w"),
    /** The set Fence.r.rw. */
    FENCE_R_RW("Fence.r.rw"),
    /** The set Fence.w.r. */
    FENCE_W_R("Fence.w.r"),
    /** The set Fence.w.w. */
    FENCE_W_W("Fence.w.w"),
    /** The set Fence.w.rw. */
    FENCE_W_RW("Fence.w.rw"),
    /** The set Fence.rw.r. */
    FENCE_RW_R("Fence.rw.r"),
    /** The set Fence.rw.w. */
    FENCE_RW_W("Fence.rw.w"),
    /** The set Fence.rw.rw. */
    FENCE_RW_RW("Fence.rw.rw"),
    /** The set Fence.tso. */
    FENCE_TSO("Fence.tso"),
    /** The set Fence.i. */
    FENCE_I("Fence.i"),
    /** The set Acq. */
    ACQ("Acq"),
    /** The set Rel. */
    REL("Rel"),
    /** The set AcqRel. */
    ACQ_REL("AcqRel"),
    /** The set Plain. */
    PLAIN("Plain"),
    /** The set Opaque. */
    OPAQUE("Opaque"),
    /** The set Acquire. */
    ACQUIRE("Acquire"),
    /** The set Release. */
    RELEASE("Release"),
    /** The set Volatile. */
    VOLATILE("Volatile"),
    /** The set LoadLoad. */
    LOAD_LOAD("LoadLoad"),
    /** The set StoreStore. */
    STORE_STORE("StoreStore"),
    /** The set NT. */
    NON_TEMPORAL("NT");

    private final String catName;

    Tag(String catName) {
        this.catName = catName;
    }

    /** The set's name in models. */
    String catName() {
        return catName;
    }

    /** The tag as a bit. */
    long bit() {
        return 1L << ordinal();
    }
}
