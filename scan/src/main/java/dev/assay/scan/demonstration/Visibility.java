package dev.assay.scan.demonstration;

import dev.assay.scan.demonstration.Demonstration.Tally;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/** Loops whose compiled code reads a field once and never again. */
final class Visibility {
    private static final int ROUNDS = 3;
    private static final long WARM_MILLIS = 300;
    private static final long PATIENCE_MILLIS = 500;
    private static final String COMPILER = "Only an optimising compiler hoists the read; an interpreter, or one that has not come"
            + " to this loop yet, reads again and again.";
    private static final VarHandle STATE = handle();

    static final List<Demonstration> ALL = List.of(
            new Demonstration("hazard.plain-flag", "A thread loops until another sets a plain boolean.",
                    "threads were still looping half a second after it was set", List.of(), COMPILER,
                    () -> rounds(() -> {
                        Plain plain = new Plain();
                        return new Waiter(plain::untilStopped, () -> plain.stop = true);
                    })),
            new Demonstration("hazard.plain-shared-64-bit",
                    "A thread loops until a plain long that another writes has changed.",
                    "threads had not seen the new value after half a second", List.of(),
                    COMPILER + " A 64-bit virtual machine never tears a long in two.", () -> rounds(() -> {
                        Plain plain = new Plain();
                        return new Waiter(plain::untilDone, () -> plain.done = 1);
                    })),
            new Demonstration("hazard.mixed-access",
                    "A thread loops over a plain read of a field that another sets through a VarHandle, in volatile mode.",
                    "threads had not seen the new value after half a second", List.of(), COMPILER, () -> rounds(() -> {
                        Plain plain = new Plain();
                        return new Waiter(plain::untilState, () -> STATE.setVolatile(plain, 1));
                    })));

    private Visibility() {}

    private record Waiter(Runnable loop, Runnable change) {}

    @FunctionalInterface
    private interface Round {
        Waiter next();
    }

    private static final class Plain {
        private boolean stop;
        private long done;
        private int state;
        private long turns;

        void untilStopped() {
            while (!stop) {
                turns++;
            }
        }

        void untilDone() {
            while (done == 0) {
                turns++;
            }
        }

        void untilState() {
            while (state == 0) {
                turns++;
            }
        }
    }

    private static VarHandle handle() {
        try {
            return MethodHandles.lookup().findVarHandle(Plain.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static Tally rounds(Round round) throws InterruptedException {
        int stuck = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Waiter waiter = round.next();
            Thread thread = Thread.ofPlatform().daemon().start(waiter.loop());
            Thread.sleep(WARM_MILLIS);
            waiter.change().run();
            thread.join(PATIENCE_MILLIS);
            stuck += thread.isAlive() ? 1 : 0;
        }
        return new Tally(stuck, ROUNDS);
    }
}
