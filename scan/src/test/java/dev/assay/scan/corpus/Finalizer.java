package dev.assay.scan.corpus;

@SuppressWarnings({"unused", "removal", "deprecation"})
final class Finalizer {
    static class WrongCloses implements AutoCloseable {
        @Override
        protected void finalize() throws Throwable {
            close();
        }

        @Override
        public void close() {}
    }

    static class WrongCounts {
        static int gone;

        @Override
        protected void finalize() {
            gone++;
        }
    }

    static class RightEmpty {
        @Override
        protected final void finalize() {}
    }

    static class RightOtherMethod {
        void finalize(String how) {
            System.out.println(how);
        }
    }
}
