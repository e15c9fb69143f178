package dev.assay.scan.corpus;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

@SuppressWarnings("unused")
final class CheckThenAct {
    static final class WrongContainsKey {
        private final ConcurrentMap<String, String> map = new ConcurrentHashMap<>();

        void put(String key, String value) {
            if (!map.containsKey(key)) {
                map.put(key, value);
            }
        }
    }

    static final class WrongCount {
        private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();

        void count(String word) {
            Integer old = counts.get(word);
            counts.put(word, old == null ? 1 : old + 1);
        }
    }

    static final class WrongDeclaredAsMap {
        private final Map<String, StringBuilder> map = new ConcurrentHashMap<>();

        StringBuilder of(String key) {
            StringBuilder found = map.get(key);
            if (found == null) {
                found = new StringBuilder();
                map.put(key, found);
            }
            return found;
        }
    }

    static final class RightMerge {
        private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();

        void count(String word) {
            counts.merge(word, 1, Integer::sum);
        }
    }

    static final class RightPutIfAbsent {
        private final ConcurrentMap<String, String> map = new ConcurrentHashMap<>();

        void put(String key, String value) {
            if (!map.containsKey(key)) {
                map.putIfAbsent(key, value);
            }
        }
    }

    static final class RightLocked {
        private final ConcurrentMap<String, String> map = new ConcurrentHashMap<>();

        synchronized void put(String key, String value) {
            if (!map.containsKey(key)) {
                map.put(key, value);
            }
        }
    }

    static final class RightOneThread {
        void put(String key, String value) {
            Map<String, String> map = new HashMap<>();
            if (!map.containsKey(key)) {
                map.put(key, value);
            }
        }
    }

    static final class RightOtherKey {
        private final ConcurrentMap<String, String> map = new ConcurrentHashMap<>();

        void put(String key, String other) {
            if (!map.containsKey(key)) {
                map.put(other, key);
            }
        }
    }
}
