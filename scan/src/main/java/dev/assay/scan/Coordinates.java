package dev.assay.scan;

import java.util.Optional;

/**
 * An artifact as it was published; the classifier is empty for the main jar, and the version where all are meant.
 */
record Coordinates(String group, String artifact, String classifier, String version) {
    /**
     * From {@code group:artifact:version} or {@code group:artifact:classifier:version}; empty when a part is missing or would
     * change the address.
     */
    static Optional<Coordinates> of(String text) {
        String[] parts = text.split(":");
        boolean sane = (parts.length == 3 || parts.length == 4) && text.matches("[A-Za-z0-9_.:+-]+")
                && !text.contains("..") && !text.contains("null");
        return sane
                ? Optional.of(new Coordinates(parts[0], parts[1], parts.length == 4 ? parts[2] : "",
                        parts[parts.length - 1]))
                : Optional.empty();
    }

    String name() {
        return group + ":" + artifact + (classifier.isEmpty() ? "" : ":" + classifier);
    }

    Coordinates at(String other) {
        return new Coordinates(group, artifact, classifier, other);
    }

    Coordinates classified(String other) {
        return new Coordinates(group, artifact, other, version);
    }

    String fileName() {
        return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }
}
