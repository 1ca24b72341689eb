package dev.millwright.gitpoll;

import dev.millwright.plugin.NetworkWall;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/// The HTTP requests of one look: all to the host that was meant, and within the budget.
///
/// Used by one thread.
final class HttpTalk implements HttpConnectionFactory {
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private static final String REFS = "/info/refs";
    private static final String OFFER = "application/x-git-upload-pack-advertisement";

    private final Address address;
    private final NetworkWall wall;
    private final Budget budget;
    private int status;
    private Duration retryAfter = Duration.ZERO;

    HttpTalk(Address address, NetworkWall wall, Budget budget) {
        this.address = address;
        this.wall = wall;
        this.budget = budget;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        String port = url.getPort() > 0 ? ":" + url.getPort() : "";
        boolean weaker =
                url.getProtocol().equals("http")
                        && address.scheme() == GitPollSettings.Scheme.HTTPS;
        if (!address.host().equals(host + port) || weaker) {
            // What is asked for there would get the credentials, and stand behind other walls
            throw new IOException("it sends on to another place, %s".formatted(url.getAuthority()));
        }
        if (proxy.type() == Proxy.Type.DIRECT) {
            var _ = wall.check(url.getHost());
        } else {
            // A proxy knows names that nobody knows here
            wall.checkWhereKnown(url.getHost());
        }
        return HttpExchange.open(url, proxy, budget, this::answered);
    }

    private void answered(HttpURLConnection connection) throws IOException {
        status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_OK
                && connection.getURL().getPath().endsWith(REFS)
                && !OFFER.equals(connection.getContentType())) {
            // JGit would go on with plain files, for which it needs a repository of its own
            throw new IOException("it answers, but not as Git does over HTTP");
        }
        String after = connection.getHeaderField("Retry-After");
        if (after != null && after.matches("\\d{1,9}")) {
            Duration asked = Duration.ofSeconds(Long.parseLong(after));
            retryAfter = asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
        }
    }

    /// Of the last answer; 0 before there was one.
    int status() {
        return status;
    }

    /// How long the server wants to be left alone; zero when it has not said so.
    Duration retryAfter() {
        return retryAfter;
    }
}
