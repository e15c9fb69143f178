package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PlacementTest {
    @Property(tries = 300)
    void aSheetReadsBackAsTheSamePlacement(@ForAll("placements") Placement placement) {
        assertThat(Placement.of(placement.sheet())).isEqualTo(placement);
    }

    @Test
    void nothingAskedForIsNothingDone() {
        assertThat(Placement.ANYWHERE.apply()).isEmpty();
        assertThat(Placement.of(Map.of())).isEqualTo(Placement.ANYWHERE);
    }

    @Test
    void impossibleWishesAreRefusedWhenTheyAreMade() {
        assertThatIllegalArgumentException().isThrownBy(Placement::on);
        assertThatIllegalArgumentException().isThrownBy(() -> new SchedulingClass.Fifo(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new SchedulingClass.RoundRobin(100));
        assertThatIllegalArgumentException().isThrownBy(() -> new NumaPolicy.Bind(new BitSet()));
        assertThatIllegalArgumentException().isThrownBy(() -> new NumaPolicy.Preferred(-1));
        assertThatThrownBy(() -> Placement.of(Map.of("scheduling", "fast"))).isInstanceOf(MachineException.class)
                .hasMessageContaining("'fast'").hasMessageContaining("fifo:10");
    }

    @Provide
    Arbitrary<Placement> placements() {
        Arbitrary<BitSet> sets = Arbitraries.integers().between(0, 1023).set().ofMinSize(1).ofMaxSize(20).map(
                members -> {
                    BitSet set = new BitSet();
                    members.forEach(set::set);
                    return set;
                });
        Arbitrary<NumaPolicy> policies = Arbitraries.oneOf(sets.map(NumaPolicy.Bind::new), sets.map(
                NumaPolicy.Interleave::new), Arbitraries.integers().between(0, 1023).map(NumaPolicy.Preferred::new),
                Arbitraries.just(new NumaPolicy.FirstTouch()));
        Arbitrary<Integer> priorities = Arbitraries.integers().between(1, 99);
        Arbitrary<SchedulingClass> classes = Arbitraries.oneOf(Arbitraries.of(new SchedulingClass.Other(),
                new SchedulingClass.Batch(), new SchedulingClass.Idle()), priorities.map(SchedulingClass.Fifo::new),
                priorities.map(SchedulingClass.RoundRobin::new));
        return Combinators.combine(sets.optional(), policies.optional(), classes, Arbitraries.of(true, false)).as(
                (set, policy, scheduling, lock) -> new Placement(set, policy.map(p -> p), scheduling, lock));
    }

    @Test
    void aPlacementDoesNotChangeWithTheSetItWasMadeOf() {
        BitSet set = new BitSet();
        set.set(0);
        Placement placement = new Placement(Optional.of(set), Optional.empty(), new SchedulingClass.Other(), false);
        set.set(1);
        assertThat(placement.processors().orElseThrow().cardinality()).isEqualTo(1);
    }
}
