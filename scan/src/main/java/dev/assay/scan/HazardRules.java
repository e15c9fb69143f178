package dev.assay.scan;

import java.util.List;

/** The hazards, in the order of the documentation: what breaks first. */
final class HazardRules {
    static final List<HazardRule> ALL = List.of(new DoubleCheckedLocking(), new UnsafePublication(), new PlainFlag(),
            new PlainSharedWide(), new VolatileReadModifyWrite(), new CheckThenAct(), new CompositeState(),
            new MixedAccess(),
            new NativeByteOrder(), new MisalignedView(), new ForeignAbi(), new FixedLibrary(), new ArchitectureNames(),
            new JdkInternals(),
            new ThreadStop(), new Finalizer(), new SpinWithoutHint(), new FixedLineSize(), new FixedParallelism());

    private HazardRules() {}
}
