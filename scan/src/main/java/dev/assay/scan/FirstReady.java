package dev.assay.scan;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the first later version of a broken artifact that is ready, by reading the jars of a Maven repository.
 *
 * <p>
 * The newest release is read first; when that is ready, the versions between are halved until the border is found. That
 * assumes that support, once there, stays; it costs about seven downloads for a hundred versions, held in memory one at a
 * time and read like any other input.
 */
final class FirstReady {
    private static final Pattern VERSION = Pattern.compile("<version>([^<]{1,80})</version>");
    private static final int MOST_BYTES = 256 << 20;

    private final URI repository;
    private final Target target;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL).build();
    private final Map<String, Optional<String>> known = new HashMap<>();

    FirstReady(URI repository, Target target) {
        this.repository = repository.toString().endsWith("/") ? repository : URI.create(repository + "/");
        this.target = target;
    }

    /** Group, artifact and version as they were published. */
    record Coordinates(String group, String artifact, String version) {
        /** From {@code group:artifact:version}; empty when a part is missing or would change the address. */
        static Optional<Coordinates> of(String text) {
            String[] parts = text.split(":");
            boolean sane = parts.length == 3 && text.matches("[A-Za-z0-9_.:+-]+") && !text.contains("..")
                    && !text.contains("null");
            return sane ? Optional.of(new Coordinates(parts[0], parts[1], parts[2])) : Optional.empty();
        }
    }

    /** A sentence for the finding: the version, or why there is none. */
    String answer(Coordinates of) {
        try {
            return known.computeIfAbsent(of.group + ":" + of.artifact + ":" + of.version, _ -> search(of))
                    .map(version -> "The first version that is ready is " + version + ".")
                    .orElse("No later release in the repository is ready.");
        } catch (Unreachable e) {
            return "The first version that is ready is not known: " + e.getMessage() + ".";
        }
    }

    private Optional<String> search(Coordinates of) {
        List<String> later = versions(of).stream().filter(Versions::isRelease)
                .filter(version -> Versions.compare(version, of.version) > 0).sorted(Versions::compare).toList();
        if (later.isEmpty() || !ready(of, later.getLast())) {
            return Optional.empty();
        }
        int low = 0;
        int high = later.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ready(of, later.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return Optional.of(later.get(high));
    }

    private List<String> versions(Coordinates of) {
        String text = new String(get(folder(of) + "maven-metadata.xml"), StandardCharsets.UTF_8);
        Matcher matcher = VERSION.matcher(text);
        return matcher.results().map(result -> result.group(1).strip()).distinct().toList();
    }

    private boolean ready(Coordinates of, String version) {
        String name = of.artifact + "-" + version + ".jar";
        byte[] jar = get(folder(of) + version + "/" + name);
        ArtifactFacts facts = new ArtifactFacts(name);
        new ArtifactReader(target, Unwanted.CLASSES, Unwanted.TEXTS).read(facts, name, new RandomBytes.Held(jar));
        return new NativeVerdict(target).conclude(facts).status() == Status.READY;
    }

    private static String folder(Coordinates of) {
        return of.group.replace('.', '/') + "/" + of.artifact + "/";
    }

    private byte[] get(String path) {
        URI address = repository.resolve(path);
        try {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60)).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new Unreachable(address + " answers " + response.statusCode());
                }
                return body.readNBytes(MOST_BYTES);
            }
        } catch (IOException e) {
            throw new Unreachable(address + " cannot be read (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted");
        }
    }

    /** The repository does not answer: said in the finding, for the finding itself stands. */
    private static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreachable(String message) {
            super(message);
        }
    }
}
