package dev.millwright.node.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The downloading half of git-lfs's HTTP protocol, out of the objects that the repository's own
/// `git lfs` keeps.
final class LargeFileServer {
    private static final Pattern BATCH =
            Pattern.compile("/([^/]+?)(\\.git)?/info/lfs/objects/batch");
    private static final Pattern OBJECT = Pattern.compile("/([^/]+)/lfs-object/([0-9a-f]{64})");
    private static final Pattern WANTED =
            Pattern.compile("\"oid\"\\s*:\\s*\"([0-9a-f]{64})\"\\s*,\\s*\"size\"\\s*:\\s*([0-9]+)");

    private LargeFileServer() {}

    /// False when the request is none for large files.
    static boolean answer(HttpExchange exchange, Path folder, String path, String base)
            throws IOException {
        Matcher batch = BATCH.matcher(path);
        Matcher object = OBJECT.matcher(path);
        if (batch.matches()) {
            String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String objects =
                    WANTED.matcher(asked)
                            .results()
                            .map(wanted ->
                                    """
                                    {"oid":"%1$s","size":%2$s,"actions":{"download":{"href":"%3$s/%4$s/lfs-object/%1$s"}}}
                                    """
                                            .formatted(
                                                    wanted.group(1),
                                                    wanted.group(2),
                                                    base,
                                                    batch.group(1)))
                            .collect(Collectors.joining(","));
            byte[] body =
                    "{\"transfer\":\"basic\",\"objects\":[%s]}".formatted(objects).getBytes(UTF_8);
            send(exchange, "application/vnd.git-lfs+json", body);
            return true;
        }
        if (object.matches()) {
            String oid = object.group(2);
            Path file =
                    folder.resolve(object.group(1))
                            .resolve(".git/lfs/objects")
                            .resolve(oid.substring(0, 2))
                            .resolve(oid.substring(2, 4))
                            .resolve(oid);
            send(exchange, "application/octet-stream", Files.readAllBytes(file));
            return true;
        }
        return false;
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
