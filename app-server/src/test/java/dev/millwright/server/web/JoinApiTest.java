package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.api.ApiException;
import dev.millwright.api.event.EventQuery;
import dev.millwright.api.event.EventView;
import dev.millwright.api.server.NewNodeToken;
import dev.millwright.api.server.NodeTokenRequest;
import dev.millwright.server.link.LinkAuthority.Issued;
import dev.millwright.server.link.LinkRefusal;
import dev.millwright.server.pki.JoinRequests;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How administrators let machines in and throw them out.
class JoinApiTest extends OwnServer {
    private static String secret(NewNodeToken token) {
        return token.command().replaceAll(".* --token (\\S+) .*", "$1");
    }

    private Issued join(NewNodeToken token, String name) {
        return server.authority.join(
                secret(token), JoinRequests.fresh(), name, Map.of(), "10.1.2.3");
    }

    private static void assertStatus(Runnable call, int status, String words) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.status()).isEqualTo(status))
                .hasMessageContaining(words);
    }

    @Test
    void aTokenIsMadeShownOnceUsedAndItsNodeRemoved() {
        NewNodeToken made =
                server.client.createNodeToken(
                        new NodeTokenRequest("web-1", Map.of("zone", "lab"), "1h"));

        assertThat(made.command())
                .matches(
                        "millwright node join --server 127\\.0\\.0\\.1:10001 --token %s\\.[-_0-9A-Za-z]{43} --ca sha256:[0-9a-f]{64}"
                                .formatted(made.id()));
        assertThat(made.expiresAt())
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(59)),
                        Instant.now().plus(Duration.ofMinutes(61)));
        assertThat(server.client.nodeTokens().items())
                .singleElement()
                .satisfies(open -> {
                    assertThat(open.name()).isEqualTo("web-1");
                    assertThat(open.labels()).isEqualTo(Map.of("zone", "lab"));
                    assertThat(open.toString()).doesNotContain(secret(made));
                });

        Issued issued = join(made, "");
        assertThat(server.client.nodeTokens().items()).isEmpty();
        server.client.removeNode("web-1");

        assertThatThrownBy(() -> server.authority.identify(issued.chain().getFirst(), "127.0.0.1"))
                .isInstanceOf(LinkRefusal.class);
        assertStatus(() -> server.client.removeNode("web-1"), 404, "there is no node 'web-1'");
        assertThat(
                        server.client
                                .events(EventQuery.ALL.inNamespace("system").ofType("node.*"))
                                .items())
                .extracting(EventView::type)
                .containsExactly(
                        "node.online",
                        "node.token-created",
                        "node.joined",
                        "node.removed",
                        "node.turned-away");
    }

    @Test
    void aTokenThatWasTakenBackCannotBeUsed() {
        NewNodeToken made =
                server.client.createNodeToken(new NodeTokenRequest("", Map.of(), "15m"));

        server.client.deleteNodeToken(made.id());

        assertThatThrownBy(() -> join(made, "web-1")).hasMessageContaining("taken back");
        assertStatus(() -> server.client.deleteNodeToken(made.id()), 404, made.id());
    }

    @Test
    void theNodeLocalCannotBeRemoved() {
        assertStatus(() -> server.client.removeNode("local"), 409, "drain it instead");
    }

    @Test
    void wishesThatCannotBeFulfilledAreRefusedWithWords() {
        assertStatus(() -> create("local", Map.of(), "15m"), 400, "no node can be named 'local'");
        assertStatus(() -> create("A b", Map.of(), "15m"), 400, "not a valid name");
        assertStatus(() -> create("", Map.of("node", "x"), "15m"), 400, "label 'node'");
        assertStatus(() -> create("", Map.of(), "8d"), 400, "from 1s to 7d");
        assertStatus(() -> create("", Map.of(), "soon"), 400, "times look like 15m");
    }

    private void create(String name, Map<String, String> labels, String ttl) {
        var _ = server.client.createNodeToken(new NodeTokenRequest(name, labels, ttl));
    }

    @Test
    void anAnswerWithASecretIsNotKeptToBeRepeated() throws Exception {
        HttpResponse<String> first = post();
        HttpResponse<String> second = post();

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.body()).isNotEqualTo(first.body());
        assertThat(first.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(server.client.nodeTokens().items()).hasSize(2);
    }

    private HttpResponse<String> post() throws Exception {
        return server.send(
                server.request("/api/v1/nodes/tokens")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "the same")
                        .POST(BodyPublishers.ofString("{}")));
    }
}
