package dev.assay.scan;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Maven repository has published, read over HTTP and held in memory. */
final class ReleaseStore {
    private static final Pattern VERSION = Pattern.compile("<version>([^<]{1,80})</version>");
    private static final int MOST_BYTES = 256 << 20;

    private final URI repository;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL).build();

    ReleaseStore(URI repository) {
        this.repository = repository.toString().endsWith("/") ? repository : URI.create(repository + "/");
    }

    /** Releases in ascending order, from the Maven metadata. */
    List<String> releases(Coordinates of) {
        String path = folder(of) + "maven-metadata.xml";
        String text = new String(get(path).orElseThrow(() -> new Unreachable(repository + path + " answers 404")),
                StandardCharsets.UTF_8);
        Matcher matcher = VERSION.matcher(text);
        return matcher.results().map(result -> result.group(1).strip()).distinct().filter(Versions::isRelease)
                .sorted(Versions::compare).toList();
    }

    /** The jar, or empty when it was not published. */
    Optional<byte[]> jar(Coordinates of) {
        return get(folder(of) + of.version() + "/" + of.fileName());
    }

    private static String folder(Coordinates of) {
        return of.group().replace('.', '/') + "/" + of.artifact() + "/";
    }

    private Optional<byte[]> get(String path) {
        URI address = repository.resolve(path);
        try {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60)).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() == 404) {
                    return Optional.empty();
                }
                if (response.statusCode() != 200) {
                    throw new Unreachable(address + " answers " + response.statusCode());
                }
                return Optional.of(body.readNBytes(MOST_BYTES));
            }
        } catch (IOException e) {
            throw new Unreachable(address + " cannot be read (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted");
        }
    }

    /** The repository does not answer: said in the finding, for the finding itself stands. */
    static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreachable(String message) {
            super(message);
        }
    }
}
