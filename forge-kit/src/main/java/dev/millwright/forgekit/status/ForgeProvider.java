package dev.millwright.forgekit.status;

import dev.millwright.forgekit.RepositoryAddress;
import dev.millwright.model.Payload;
import dev.millwright.model.Unreachable;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.PluginContext;
import dev.millwright.plugin.PluginException;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.WallException;
import dev.millwright.plugin.scm.CommitStatus;
import dev.millwright.plugin.scm.ScmProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// Talks to a forge's REST API about commits: their statuses and their files. Each forge says what
/// is asked for and where.
///
/// Usable from any thread; keeps nothing between calls but what it was opened with.
///
/// @param <C> what administrators write for one forge
public abstract class ForgeProvider<C extends Record & ForgeAccess> implements ScmProvider<C> {
    private volatile NetworkWall wall = NetworkWall.CLOSED;

    /// The forge's name, for people.
    protected abstract String name();

    /// Where repositories are cloned from, in lower case.
    protected abstract String host(C settings);

    protected abstract URI api(C settings);

    /// Whether it is the address of a repository of such a forge; the host is known to fit.
    protected abstract boolean isRepository(RepositoryAddress address);

    /// The headers of each request.
    protected abstract Map<String, String> headers(C settings);

    /// Path and query, below [#api], that take the status of a commit.
    protected abstract String statusPath(RepositoryAddress repository, CommitStatus status);

    /// What is posted there, as JSON.
    protected abstract Map<String, String> statusBody(
            RepositoryAddress repository, CommitStatus status);

    /// Path and query, below [#api], that give a file as it is.
    ///
    /// @param path encoded, with its slashes as they are
    protected abstract String filePath(RepositoryAddress repository, String commit, String path);

    /// The header `Accept` for a file.
    protected String fileType() {
        return "*/*";
    }

    /// Whether a refusal means that the status is there already.
    protected boolean isShownAlready(int status, String body) {
        return false;
    }

    @Override
    public void open(PluginContext context) {
        wall = context.wall();
    }

    @Override
    public boolean handles(String repository, C settings) {
        return find(repository, settings).isPresent();
    }

    private Optional<RepositoryAddress> find(String repository, C settings) {
        return RepositoryAddress.parse(repository)
                .filter(address -> address.isAt(host(settings)))
                .filter(this::isRepository);
    }

    @Override
    public Sent setStatus(CommitStatus status, C settings) throws InterruptedException {
        RepositoryAddress repository = address(status.repository(), settings);
        byte[] body = Json.MAPPER.writeValueAsBytes(statusBody(repository, status));
        HttpRequest request =
                request(settings, statusPath(repository, status))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        try {
            HttpResponse<byte[]> answer = send(request);
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            return isShownAlready(answer.statusCode(), text)
                    ? Sent.DONE
                    : StatusAnswer.of(name(), answer, InstantSource.system());
        } catch (IOException unreachable) {
            return new Sent.Later(unreachable(unreachable), Duration.ZERO);
        }
    }

    @Override
    public Optional<Payload> read(String repository, String commit, String path, C settings)
            throws InterruptedException {
        String file =
                Arrays.stream(path.split("/"))
                        .map(ForgeProvider::encoded)
                        .collect(Collectors.joining("/"));
        String asked = filePath(address(repository, settings), encoded(commit), file);
        HttpRequest.Builder request = request(settings, asked);
        try {
            HttpResponse<byte[]> answer =
                    send(request.setHeader("Accept", fileType()).GET().build());
            return switch (answer.statusCode()) {
                case 200 -> Optional.of(Payload.of(answer.body()));
                case 404 -> Optional.empty();
                default ->
                        throw new PluginException(
                                "%s answered %d when asked for %s of %s"
                                        .formatted(name(), answer.statusCode(), path, repository));
            };
        } catch (IOException unreachable) {
            throw new PluginException(unreachable(unreachable), unreachable);
        }
    }

    private String unreachable(IOException why) {
        return why instanceof WallException
                ? "%s may not be reached: %s".formatted(name(), why.getMessage())
                : "%s cannot be reached: %s".formatted(name(), Unreachable.why(why));
    }

    private RepositoryAddress address(String repository, C settings) {
        return find(repository, settings)
                .orElseThrow(() ->
                        new PluginException(
                                "'%s' is not a repository of %s".formatted(repository, name())));
    }

    private HttpRequest.Builder request(C settings, String path) {
        String api = api(settings).toString().replaceFirst("/+$", "");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(api + path))
                        .timeout(settings.timeout())
                        .header("User-Agent", "Millwright");
        headers(settings).forEach(request::header);
        return request;
    }

    /// As a part of a path or a query.
    protected static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// At most so many characters.
    protected static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private HttpResponse<byte[]> send(HttpRequest request)
            throws IOException, InterruptedException {
        var _ = wall.check(request.uri().getHost());
        // Closing the client ends its threads, so that nothing of the plugin is left
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            return http.send(request, BodyHandlers.ofByteArray());
        }
    }

    /// Made when it is first needed, not whenever a server starts.
    private static final class Json {
        private static final JsonMapper MAPPER = new JsonMapper();
    }
}
