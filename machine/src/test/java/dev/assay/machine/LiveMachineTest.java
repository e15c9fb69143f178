package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.machine.Counters.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What must hold on any Linux machine; never its values. */
@EnabledOnOs(OS.LINUX)
class LiveMachineTest {
    @Test
    void coresPartitionTheProcessorsThatAreOnline() {
        Machine machine = Machine.read();
        List<Integer> processors = new ArrayList<>();
        machine.topology().cores().forEach(core -> core.processors().stream().forEach(processors::add));
        assertThat(processors).doesNotHaveDuplicates().hasSize(machine.topology().online().cardinality());
        assertThat(machine.topology().allowed()).isEqualTo(Affinity.current());
        assertThat(machine.memory().totalBytes().orElseThrow()).isPositive();
        assertThat(Long.bitCount(machine.memory().pageBytes())).isEqualTo(1);
        assertThat(machine.sheet()).containsEntry("schema", "assay.machine/1");
    }

    @Test
    void activityOnlyGrows() {
        Activity earlier = Activity.read(Root.live());
        Activity.Change change = Activity.read(Root.live()).since(earlier);
        assertThat(change.monotonicNanos()).isPositive();
        assertThat(change.contextSwitches().orElseThrow()).isNotNegative();
        assertThat(change.processors().orElseThrow().values()).allMatch(time -> time.busy() >= 0 && time.steal() >= 0);
        assertThat(change.busySeconds().orElseThrow()).isNotNegative();
    }

    @Test
    void aProcessHasUsedTimeAndMemory() {
        ProcessActivity activity = ProcessActivity.read();
        assertThat(activity.userTicks().orElseThrow() + activity.systemTicks().orElseThrow()).isPositive();
        assertThat(activity.peakResidentBytes().orElseThrow()).isGreaterThanOrEqualTo(activity.residentBytes()
                .orElseThrow() / 2);
        assertThat(activity.runQueueNanos().isKnown()).isTrue();
        assertThat(ProcessActivity.read(Integer.MAX_VALUE).userTicks()).isInstanceOf(Reading.Unsupported.class);
    }

    @Test
    void eventsAreCountedOrTheReasonIsGiven() {
        Map<Event, Reading<Boolean>> support = Counters.support();
        assertThat(support).hasSize(Event.values().length);
        support.values().forEach(reading -> assertThat(reading.because()).isNotBlank());
        if (!support.get(Event.PAGE_FAULTS).isKnown()) {
            return; // a container's seccomp profile may forbid all of it
        }
        try (Counters counters = Counters.ofThread(Event.PAGE_FAULTS, Event.TASK_CLOCK)) {
            counters.start();
            try (Mapping mapping = Mapping.map(1 << 20, Mapping.Kind.ORDINARY).orElseThrow()) {
                assertThat(mapping.segment().byteSize()).isGreaterThanOrEqualTo(1 << 20);
            }
            counters.stop();
            assertThat(counters.read().get(Event.PAGE_FAULTS).orElseThrow().value()).isGreaterThanOrEqualTo(
                    (1 << 20) / Memory.pageBytesHere());
            assertThat(counters.read().get(Event.TASK_CLOCK).orElseThrow().scaled()).isPositive();
        }
    }

    @Test
    void mappedPagesAreResidentAndOrdinaryOnesAreNotHuge() {
        try (Mapping mapping = Mapping.map(3 << 20, Mapping.Kind.ORDINARY).orElseThrow()) {
            Pages.Backing backing = Pages.backing(mapping.segment()).orElseThrow();
            assertThat(backing.residentBytes()).isEqualTo(backing.bytes()).isEqualTo(mapping.segment().byteSize());
            assertThat(mapping.obtained().asWanted()).isTrue();
            assertThat(mapping.segment().address() % (2 << 20)).isZero();
        }
    }

    @Test
    void hugePagesAreGivenOrRefusedWithARemedy() {
        Reading<Mapping> explicit = Mapping.map(1L << 40, Mapping.Kind.EXPLICIT_HUGE);
        assertThat(explicit.isKnown()).as("no machine has a terabyte of huge pages reserved").isFalse();
        assertThat(explicit.because()).contains("nr_hugepages");
        try (Mapping mapping = Mapping.map(4 << 20, Mapping.Kind.TRANSPARENT_HUGE).orElseThrow()) {
            assertThat(mapping.obtained().hugeBytes().orElse(0L)).isLessThanOrEqualTo(mapping.segment().byteSize());
            assertThat(mapping.obtained().says()).contains("huge pages");
        }
    }

    @Test
    void aThreadIsPlacedAndOthersAreNot() throws Exception {
        List<Placement.Outcome> outcomes = new ArrayList<>();
        List<java.util.BitSet> seen = new ArrayList<>();
        int processor = Affinity.current().nextSetBit(0);
        Thread thread = new Thread(() -> {
            outcomes.addAll(Placement.on(processor).with(new SchedulingClass.Batch()).apply());
            seen.add(Affinity.current());
        });
        thread.start();
        thread.join();
        assertThat(outcomes).hasSize(2).allMatch(Placement.Applied.class::isInstance);
        assertThat(seen.getFirst().cardinality()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedComesWithReasonAndRemedy() throws Exception {
        List<Placement.Outcome> outcomes = new ArrayList<>();
        Thread thread = new Thread(() -> outcomes.addAll(Placement.on(1023).with(new NumaPolicy.Preferred(1023))
                .apply()));
        thread.start();
        thread.join();
        assertThat(outcomes).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome).isInstanceOf(Placement.Refused.class);
            assertThat(((Placement.Refused) outcome).reason()).isNotBlank();
            assertThat(((Placement.Refused) outcome).remedy()).isNotBlank();
        });
    }

    @Test
    void aWholeProcessIsPlacedThreadByThread() throws Exception {
        java.util.BitSet before = Affinity.current();
        CountDownLatch ready = new CountDownLatch(1);
        CountDownLatch placed = new CountDownLatch(1);
        List<java.util.BitSet> seen = new ArrayList<>();
        Thread other = new Thread(() -> {
            ready.countDown();
            try {
                placed.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            seen.add(Affinity.current());
        });
        other.start();
        ready.await();
        try {
            assertThat(Placement.on(before.nextSetBit(0)).applyToProcess()).allMatch(
                    Placement.Applied.class::isInstance);
        } finally {
            int[] all = before.stream().toArray();
            placed.countDown();
            other.join();
            Placement.on(all).applyToProcess();
        }
        assertThat(seen.getFirst().cardinality()).isEqualTo(1);
        assertThat(Affinity.current()).isEqualTo(before);
    }

    @Test
    void theProcessorIdentifiesItselfWhereItCan() {
        Reading<CpuId.Registers> vendor = CpuId.ask(0, 0);
        if (System.getProperty("os.arch").equals("amd64")) {
            // Leaf 0 spells the vendor in ebx, edx, ecx.
            CpuId.Registers r = vendor.orElseThrow();
            assertThat(CpuId.signature(new CpuId.Registers(0, r.ebx(), r.edx(), r.ecx()))).isEqualTo(CpuInfo.read(
                    Root.live()).line("vendor_id").orElseThrow());
        } else {
            assertThat(vendor).isInstanceOf(Reading.Unsupported.class);
        }
    }

    @Test
    void theProcessorAndTheKernelAgreeOnTheCaches() {
        Machine machine = Machine.read();
        List<Cache> asked = CacheRegisters.ask(machine.processor().vendor().orElse(""), machine.topology().online());
        if (machine.caches().source().because().startsWith("/sys") && !asked.isEmpty()) {
            for (Cache told : machine.caches().seenFrom(machine.topology().allowedProcessors().getFirst())) {
                assertThat(asked).anyMatch(cache -> cache.level() == told.level() && cache.sizeBytes() == told
                        .sizeBytes() && cache.lineBytes() == told.lineBytes() && cache.ways().equals(Reading.known(told
                                .ways().orElse(0), cache.ways().because())));
            }
        }
    }
}
