package dev.assay.scan.corpus;

@SuppressWarnings("unused")
final class PlainFlag {
    static final class WrongRunnable implements Runnable {
        private boolean stop;

        @Override
        public void run() {
            while (!stop) {
                System.out.println("working");
            }
        }

        void close() {
            stop = true;
        }
    }

    static final class WrongSilent {
        private boolean ready;

        void await() {
            while (!ready) {
                Thread.onSpinWait();
            }
        }

        void done() {
            ready = true;
        }
    }

    static final class WrongStatic {
        private static boolean stop;

        static void start() {
            new Thread(() -> {
                while (!stop) {
                    System.out.println("working");
                }
            }).start();
        }

        static void close() {
            stop = true;
        }
    }

    static final class RightVolatile implements Runnable {
        private volatile boolean stop;

        @Override
        public void run() {
            while (!stop) {
                System.out.println("working");
            }
        }

        void close() {
            stop = true;
        }
    }

    static final class RightLocked implements Runnable {
        private boolean stop;

        @Override
        public void run() {
            while (!stopped()) {
                System.out.println("working");
            }
        }

        private synchronized boolean stopped() {
            return stop;
        }

        synchronized void close() {
            stop = true;
        }
    }

    static final class RightOwnLoop implements Runnable {
        private boolean found;

        @Override
        public void run() {
            while (!found) {
                found = System.nanoTime() % 7 == 0;
            }
        }
    }
}
