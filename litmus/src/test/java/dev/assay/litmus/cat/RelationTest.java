package dev.assay.litmus.cat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RelationTest {
    private static Relation random(long seed, int size, double density) {
        Random random = new Random(seed);
        long[] rows = new long[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                rows[i] |= random.nextDouble() < density ? 1L << j : 0;
            }
        }
        return new Relation(rows);
    }

    @Test
    void sequenceFollowsBothSteps() {
        Relation one = new Relation(new long[]{0b010, 0, 0});
        Relation two = new Relation(new long[]{0, 0b100, 0});
        assertThat(one.sequence(two)).isEqualTo(new Relation(new long[]{0b100, 0, 0}));
    }

    @Property
    void closureIsTheLeastTransitiveRelation(@ForAll long seed, @ForAll @IntRange(min = 0, max = 64) int size) {
        Relation relation = random(seed, size, 0.05);
        Relation closure = relation.closure();
        assertThat(closure.sequence(closure).difference(closure).isEmpty()).isTrue();
        Relation reached = relation;
        for (int i = 0; i < size; i++) {
            reached = reached.union(reached.sequence(relation));
        }
        assertThat(closure).isEqualTo(reached);
    }

    @Property
    void acyclicMeansThatTheClosureIsIrreflexive(@ForAll long seed, @ForAll @IntRange(min = 0, max = 64) int size) {
        Relation relation = random(seed, size, 0.02);
        assertThat(relation.isAcyclic()).isEqualTo(relation.closure().isIrreflexive());
    }

    @Property
    void inverseTurnsSequencesRound(@ForAll long seed, @ForAll @IntRange(min = 1, max = 64) int size) {
        Relation a = random(seed, size, 0.1);
        Relation b = random(seed + 1, size, 0.1);
        assertThat(a.sequence(b).inverse()).isEqualTo(b.inverse().sequence(a.inverse()));
    }

    @Property
    void complementIsWhatIsLeft(@ForAll long seed, @ForAll @IntRange(min = 1, max = 64) int size) {
        Relation a = random(seed, size, 0.3);
        long all = size == 64 ? -1L : (1L << size) - 1;
        assertThat(a.complement(all).intersection(a).isEmpty()).isTrue();
        assertThat(a.complement(all).union(a)).isEqualTo(Relation.cross(size, all, all));
    }
}
