package dev.assay.scan.corpus;

@SuppressWarnings({"unused", "removal", "deprecation"})
final class ThreadStop {
    static final class WrongStop {
        static void end(Thread worker) {
            worker.stop();
        }
    }

    static final class WrongSubclass extends Thread {
        void end() {
            stop();
        }
    }

    static final class RightInterrupt {
        static void end(Thread worker) {
            worker.interrupt();
        }
    }

    static final class RightOwnStop {
        void stop() {}

        static void end(RightOwnStop service) {
            service.stop();
        }
    }
}
