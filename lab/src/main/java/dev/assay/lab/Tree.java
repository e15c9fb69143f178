package dev.assay.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place in a tree of maps and lists as read from JSON, with typed access and errors that name the place.
 *
 * @param path such as {@code experiments[0].variants[1]}
 */
record Tree(String path, Object value) {
    /** A place that does not hold what it should. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    boolean has(String name) {
        return map().get(name) != null;
    }

    Tree at(String name) {
        Object inside = map().get(name);
        String there = path.isEmpty() ? name : path + "." + name;
        if (inside == null) {
            throw new Wrong(there + " is missing");
        }
        return new Tree(there, inside);
    }

    Optional<Tree> maybe(String name) {
        return has(name) ? Optional.of(at(name)) : Optional.empty();
    }

    @SuppressWarnings("unchecked") // a JSON object has string keys
    Map<String, Object> map() {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new Wrong(path + " is not an object");
    }

    List<Tree> list() {
        if (!(value instanceof List<?> list)) {
            throw new Wrong(path + " is not an array");
        }
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            trees.add(new Tree(path + "[" + i + "]", list.get(i)));
        }
        return trees;
    }

    List<Tree> list(String name) {
        return at(name).list();
    }

    String text() {
        if (value instanceof String text) {
            return text;
        }
        throw new Wrong(path + " is not a string");
    }

    String text(String name) {
        return at(name).text();
    }

    double number() {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new Wrong(path + " is not a number");
    }

    double number(String name) {
        return at(name).number();
    }

    long whole(String name) {
        if (at(name).value() instanceof Number number) {
            return number.longValue();
        }
        throw new Wrong(at(name).path() + " is not a number");
    }

    boolean flag(String name) {
        if (at(name).value() instanceof Boolean flag) {
            return flag;
        }
        throw new Wrong(at(name).path() + " is neither true nor false");
    }

    List<String> texts(String name) {
        return list(name).stream().map(Tree::text).toList();
    }
}
