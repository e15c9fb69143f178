package dev.assay.scan.corpus;

import java.util.ArrayList;
import java.util.List;

@SuppressWarnings({"unused", "this-escape"})
final class UnsafePublication {
    static class WrongStartsItself implements Runnable {
        private final int limit;

        WrongStartsItself() {
            new Thread(this).start();
            limit = 10;
        }

        @Override
        public void run() {
            System.out.println(limit);
        }
    }

    static class WrongLambda {
        private int limit;

        WrongLambda() {
            Thread thread = new Thread(() -> System.out.println(limit));
            thread.start();
            limit = 10;
        }
    }

    static class WrongStored {
        static WrongStored last;
        private final int limit;

        WrongStored() {
            last = this;
            limit = 10;
        }
    }

    static class WrongFilledLate {
        private static List<String> names;

        static List<String> names() {
            if (names == null) {
                names = new ArrayList<>();
                names.add("one");
            }
            return names;
        }
    }

    static final class RightFactory implements Runnable {
        private final int limit;

        private RightFactory() {
            limit = 10;
        }

        static RightFactory started() {
            RightFactory made = new RightFactory();
            new Thread(made).start();
            return made;
        }

        @Override
        public void run() {
            System.out.println(limit);
        }
    }

    static final class RightOtherThread {
        private final int limit;

        RightOtherThread() {
            new Thread(() -> System.out.println("hello")).start();
            limit = 10;
        }

        int limit() {
            return limit;
        }
    }

    static final class RightFilledFirst {
        private static volatile List<String> names;

        static List<String> names() {
            if (names == null) {
                List<String> fresh = new ArrayList<>();
                fresh.add("one");
                names = fresh;
            }
            return names;
        }
    }
}
