package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoaderTest {
    @BeforeEach
    void needsPermission() {
        Available.loading();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> list = Files.list(Path.of("/proc/self/fd"))) {
            return list.filter(p -> {
                try {
                    return Files.readSymbolicLink(p).toString().contains("bpf");
                } catch (IOException e) {
                    return false;
                }
            }).count();
        }
    }

    @Test
    void anObjectIsLoadedRunAndClosedWithoutLeavingADescriptor() throws IOException {
        long before = descriptors();
        try (LoadedObject object = LoadedObject.load(Subjects.object("fits.el.o"), BtfFile.kernel())) {
            assertThat(object.programs()).extracting(BpfProgram::name).containsExactly("count");
            assertThat(descriptors()).isGreaterThan(before);
            object.attach(object.programs().getFirst());
            BpfMap data = object.map(".bss").orElseThrow();
            // Switching between threads is what the program counts; parking makes some happen.
            for (int i = 0; i < 2000 && number(data) == 0; i++) {
                java.util.concurrent.locks.LockSupport.parkNanos(100_000);
            }
            assertThat(number(data)).isPositive();
            int[] entries = {0};
            object.map("counts").orElseThrow().forEach((key, value) -> {
                assertThat(ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong() % 7).as(
                        "the constant in .rodata is added each time").isZero();
                entries[0]++;
            });
            assertThat(entries[0]).isPositive();
        }
        assertThat(descriptors()).isEqualTo(before);
    }

    private static long number(BpfMap data) {
        return ByteBuffer.wrap(data.get(new byte[4]).orElseThrow()).order(ByteOrder.nativeOrder()).getLong();
    }

    @Test
    void aRefusedObjectLeavesNothingBehindAndNamesTheSourceLine() throws IOException {
        long before = descriptors();
        assertThatThrownBy(() -> LoadedObject.load(Subjects.object("renamed.el.o"), BtfFile.kernel())).isInstanceOf(
                BpfException.Refused.class).hasMessageContaining("unguarded").hasMessageContaining("renamed.c:")
                .hasMessageContaining("195896080");
        assertThat(descriptors()).isEqualTo(before);
    }

    @Test
    void theVerifiersComplaintNamesTheJavaLineThatWroteTheInstruction() {
        ProgramBuilder bad = new ProgramBuilder("bad", "socket", BtfFile.kernel()).move(Register.R0, 0);
        bad.load(Register.R0, 8, Register.R5, 0).exit();
        assertThatThrownBy(bad::load).isInstanceOf(BpfException.Refused.class).hasMessageContaining("R5 !read_ok")
                .hasMessageContaining("LoaderTest.java:");
    }

    @Test
    void aProgramComputesWhatItsBuilderSays() {
        ProgramBuilder b = new ProgramBuilder("sum", "socket", BtfFile.kernel()).move(Register.R0, 40).move(Register.R1,
                2);
        b.jump(Condition.ABOVE, Register.R1, 1, "add").exit().label("add");
        try (BpfProgram program = b.compute(ProgramBuilder.Operation.ADD, Register.R0, Register.R1).exit().load()) {
            assertThat(program.run(new byte[64], 1).result()).isEqualTo(42);
        }
    }

    @Test
    void theKernelTellsHowOftenAProgramRan() {
        try (BpfLink timing = BpfProgram.countCosts();
                BpfProgram program = new ProgramBuilder("counted", "socket", BtfFile.kernel()).move(Register.R0, 1)
                        .exit()
                        .load()) {
            assertThat(timing.where()).isNotBlank();
            program.run(new byte[64], 10);
            // A test run is not counted on every kernel; an attached one is.
            assertThat(program.cost().runs()).isBetween(0L, 10L);
            assertThat(program.cost().nanos()).isNotNegative();
        }
    }

    @Test
    void aSocketFilterSeesThePacketsOfTheLoopback() throws IOException {
        try (BpfMap ring = RingBuffer.create("packets", 1 << 16);
                RingBuffer reader = RingBuffer.open(ring);
                EventSource source = new EventSource(ring);
                BpfLink link = source.attach()) {
            assertThat(link.where()).contains("socket");
            if (link.where().contains("packet socket")) {
                try (var socket = new java.net.DatagramSocket(0, java.net.InetAddress.getLoopbackAddress())) {
                    socket.send(new java.net.DatagramPacket(new byte[8], 8, socket.getLocalSocketAddress()));
                }
                assertThat(reader.poll(Duration.ofSeconds(5), _ -> {})).isPositive();
            }
        }
    }

    @Test
    void bucketsOfTheProgramsAreThoseOfTheTable() {
        long last = -1;
        for (int bucket = 0; bucket < 40 * 8; bucket++) {
            long low = LatencyTables.lowest(bucket);
            assertThat(low).isGreaterThanOrEqualTo(last);
            if (low > last && bucket >= 24) {
                assertThat(LatencyTables.bucketOf(low)).isEqualTo(bucket);
                assertThat(LatencyTables.bucketOf(LatencyTables.lowest(bucket + 1) - 1)).isEqualTo(bucket);
            }
            last = low;
        }
    }

    @Test
    void everyObserverThatThisKernelAllowsLoadsAndReads() {
        for (ObserverKind kind : ObserverKind.values()) {
            if (kind == ObserverKind.OOM) {
                continue;
            }
            try (Observer observer = new Observer(kind, OptionalInt.empty())) {
                assertThat(observer.read().source()).isEqualTo("bpf");
            } catch (BpfException.Refused e) {
                assertThat(e).as(kind.word()).hasMessageContaining("this kernel has no");
            }
        }
    }

    @Test
    void runQueueLatencyOfThisProcessIsCountedWhileItSwitches() {
        int self = (int) ProcessHandle.current().pid();
        try (Observer observer = new Observer(ObserverKind.RUNQLAT, OptionalInt.of(self))) {
            Observation seen = observer.read();
            for (int i = 0; i < 2000 && seen.rows().isEmpty(); i++) {
                java.util.concurrent.locks.LockSupport.parkNanos(100_000);
                seen = observer.read();
            }
            assertThat(seen.rows()).isNotEmpty().allMatch(r -> r.process() == self);
            Observation.Row row = seen.rows().getFirst();
            assertThat(row.buckets().stream().mapToLong(Observation.Bucket::count).sum()).isEqualTo(row.count());
            assertThat(row.role()).isNotEmpty();
        }
    }

    @Test
    void ringBufferEventsArriveInOrderAndNoneIsLostUnseen() {
        int rounds = 500;
        try (BpfMap map = RingBuffer.create("events", 1 << 16);
                RingBuffer ring = RingBuffer.open(map);
                EventSource source = new EventSource(map)) {
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                source.emit(20);
                ring.drain(e -> numbers.add(e.get(java.lang.foreign.ValueLayout.JAVA_LONG, 0)));
            }
            assertThat(source.refused()).isZero();
            assertThat(numbers).hasSize(rounds * 20).isSorted();
            source.emit(10_000);
            long drained = ring.drain(_ -> {});
            assertThat(source.refused()).as("what does not fit is refused and counted").isPositive();
            assertThat(drained + source.refused()).isEqualTo(10_000);
        }
    }

    @Test
    void eventsOfTheWatchTellTheirDelay() throws Exception {
        try (OomWatch watch = new OomWatch("tp_btf/sched_process_exit", false)) {
            Process child = new ProcessBuilder("true").start();
            child.waitFor();
            List<OomWatch.Kill> seen = new ArrayList<>();
            for (int i = 0; i < 50 && seen.stream().noneMatch(k -> k.process().orElse(0) == child.pid()); i++) {
                watch.poll(Duration.ofMillis(100), seen::add);
            }
            assertThat(seen).anyMatch(k -> k.process().orElse(0) == child.pid() && !k.delay().isNegative());
        }
    }

    @Test
    void aProcessThatTheKernelEndsForMemoryIsTold() throws Exception {
        Optional<MemoryLimit> limit = MemoryLimit.make();
        assumeTrue(limit.isPresent(), "no control group with a limit of memory can be made here");
        try (MemoryLimit group = limit.get();
                OomWatch watch = OomWatch.start();
                OomWatch count = new OomWatch("asked")) {
            assertThat(watch.missing()).isEmpty();
            Process victim = group.exhaust();
            List<OomWatch.Kill> seen = new ArrayList<>();
            assertThat(victim.waitFor()).isEqualTo(128 + 9);
            watch.poll(Duration.ofSeconds(5), seen::add);
            assertThat(seen).anyMatch(k -> k.process().orElse(0) == victim.pid() && !k.delay().isNegative());
            List<OomWatch.Kill> counted = new ArrayList<>();
            count.poll(Duration.ofSeconds(5), counted::add);
            assertThat(counted).isNotEmpty().allMatch(k -> k.process().isEmpty() && !k.delay().isNegative());
        }
    }

    @Test
    void everyWayToAttachIsAnsweredWithAReason() {
        List<Probe.Answer> answers = Probe.all();
        assertThat(answers).hasSizeGreaterThan(10).allMatch(a -> !a.says().isBlank());
        assertThat(answers).anyMatch(a -> a instanceof Probe.Answer.Supported);
    }

    @Test
    void legacyMapsAreRefusedWithTheReason() {
        byte[] object = Subjects.bytes("fits.el.o");
        // The section is renamed in place: ".maps" loses its dot by moving the name one byte on.
        assertThatThrownBy(() -> MapDefinitions.of(ObjectFile.parse("legacy.o", legacy(object)))).isInstanceOf(
                BpfException.Unsupported.class).hasMessageContaining("legacy");
    }

    private static byte[] legacy(byte[] object) {
        byte[] bytes = object.clone();
        ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        ElfFile file = ElfFile.read("legacy.o", bytes);
        for (ElfFile.Section section : file.sections()) {
            if (section.name().equals(".maps")) {
                int at = (int) elf.getLong(40) + 64 * section.index();
                elf.putInt(at, elf.getInt(at) + 1);
            }
        }
        return bytes;
    }
}
