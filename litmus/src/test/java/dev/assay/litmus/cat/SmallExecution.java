package dev.assay.litmus.cat;

import java.util.Map;
import java.util.Optional;

/** Events 0 and 1 are writes, 2 and 3 reads; 0 po 2, 1 po 3; 0 rf 3; 0 co 1. */
final class SmallExecution {
    static final Map<String, Object> NAMES = Map.of("W", new EventSet(0b0011), "R", new EventSet(0b1100), "po",
            new Relation(new long[]{0b0100, 0b1000, 0, 0}), "loc", new Relation(new long[]{15, 15, 15, 15}));

    static final Candidate IT = new Candidate() {
        @Override
        public int size() {
            return 4;
        }

        @Override
        public Object skeleton() {
            return NAMES;
        }

        @Override
        public Optional<Object> base(String name) {
            return Optional.ofNullable(NAMES.get(name));
        }

        @Override
        public Relation readsFrom() {
            return new Relation(new long[]{0b1000, 0, 0, 0});
        }

        @Override
        public Relation coherence() {
            return new Relation(new long[]{0b0010, 0, 0, 0});
        }
    };

    private SmallExecution() {}
}
