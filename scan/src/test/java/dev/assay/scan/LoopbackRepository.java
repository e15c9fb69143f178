package dev.assay.scan;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Maven repository on the loopback interface, and a settings.xml that mirrors every other repository to it. */
final class LoopbackRepository implements AutoCloseable {
    private final Map<String, byte[]> served = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    LoopbackRepository() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            byte[] body = served.get(path);
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    URI address() {
        return URI.create("http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort());
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    void serve(String path, byte[] body) {
        served.put(path, body);
    }

    /** A jar, with a POM that holds this text after its coordinates. */
    void publish(String group, String artifact, String version, String pomRest, byte[] jar) {
        String base = "/" + group.replace('.', '/') + "/" + artifact + "/" + version + "/" + artifact + "-" + version;
        serve(base + ".pom", pom(group, artifact, version, pomRest).getBytes(StandardCharsets.UTF_8));
        serve(base + ".jar", jar);
    }

    void classifier(String group, String artifact, String version, String classifier, byte[] jar) {
        serve("/" + group.replace('.', '/') + "/" + artifact + "/" + version + "/" + artifact + "-" + version + "-"
                + classifier + ".jar", jar);
    }

    static String pom(String group, String artifact, String version, String rest) {
        return "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion><groupId>"
                + group
                + "</groupId><artifactId>" + artifact + "</artifactId><version>" + version + "</version>" + rest
                + "</project>";
    }

    static String dependency(String group, String artifact, String version, String rest) {
        return "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId>"
                + (version.isEmpty() ? "" : "<version>" + version + "</version>") + rest + "</dependency>";
    }

    /** For a user whose local repository lies in this folder. */
    Path settings(Path folder) throws IOException {
        return Files.writeString(folder.resolve("settings.xml"),
                "<settings><localRepository>" + folder.resolve("repository") + "</localRepository><mirrors><mirror>"
                        + "<id>loopback</id><mirrorOf>*</mirrorOf><url>" + address()
                        + "</url></mirror></mirrors></settings>");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
