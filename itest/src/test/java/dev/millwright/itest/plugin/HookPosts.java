package dev.millwright.itest.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A receiver of signed webhooks that checks them as the convention has it.
final class HookPosts implements AutoCloseable {
    static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("a key for signing, 24+".getBytes(UTF_8));

    private final HttpServer http;
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final CountDownLatch answers;

    /// @param genuine whether the signature fits
    record Post(String id, boolean genuine, String body) {}

    private HookPosts(int port, CountDownLatch answers) throws IOException {
        this.answers = answers;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.setExecutor(task -> Thread.ofVirtual().start(task));
        http.createContext("/", this::take);
        http.start();
    }

    static HookPosts at(int port) throws IOException {
        return new HookPosts(port, new CountDownLatch(0));
    }

    /// Takes what is posted, but never says so.
    static HookPosts withoutAnswers(int port) throws IOException {
        return new HookPosts(port, new CountDownLatch(1));
    }

    List<Post> posts() {
        return List.copyOf(posts);
    }

    List<String> ids() {
        return posts.stream().map(Post::id).distinct().toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String text = new String(body, UTF_8);
        String shown = exchange.getRequestHeaders().getFirst("webhook-signature");
        boolean genuine = ("v1," + hmac(id + "." + time + "." + text)).equals(shown);
        posts.add(new Post(id, genuine, text));
        try {
            answers.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static String hmac(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            Base64.getDecoder().decode(SECRET.substring("whsec_".length())),
                            "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        answers.countDown();
        http.stop(0);
    }
}
