package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.millwright.link.v1.JoinRequest;
import dev.millwright.link.v1.RenewReply;
import dev.millwright.link.v1.RenewRequest;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who may call what, and with which certificate.
final class LinkAccessTest {
    private final LinkTrial trial = new LinkTrial();

    @AfterEach
    void close() {
        trial.close();
    }

    @Test
    @Tag("S21")
    void everyMethodStandsInTheTableAndNothingElseDoes() {
        assertThat(trial.server.methods()).hasSizeGreaterThan(5);
        assertThat(trial.server.methods())
                .containsExactlyInAnyOrderElementsOf(LinkAccess.TABLE.keySet());
    }

    @Test
    @Tag("S21")
    void methodThatStandsNotInTheTableIsRefused() {
        var call = new FakeCall();

        var _ =
                new LinkAccess(trial.authority, InstantSource.system())
                        .interceptCall(
                                call,
                                new Metadata(),
                                (_, _) -> {
                                    throw new AssertionError("called");
                                });

        assertThat(call.closed()).isNotNull();
        assertThat(call.closed().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void methodsOfNodesNeedACertificate() throws Exception {
        var stranger = trial.client(null);

        assertThat(stranger.talk().say(LinkTalk.hello()).end().getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertRefused(stranger, Status.Code.UNAUTHENTICATED);
        assertThat(trial.host.calls).isEmpty();
    }

    @Test
    void certificateOfAnotherAuthorityIsRefusedForAllMethods() throws Exception {
        var foreign = trial.client(new TestAuthority().node("n1"));

        assertNoConnection(foreign);
    }

    @Test
    void expiredCertificateIsRefusedForAllMethods() throws Exception {
        var keys =
                trial.authority.keys(
                        "n1", KeyPurposeId.id_kp_clientAuth, Instant.now().minusSeconds(60));
        trial.authority.count(keys.certificate(), "n1");
        var expired = trial.client(keys);

        assertNoConnection(expired);
    }

    @Test
    @Tag("S21")
    void certificateOfAServerIsNoNodes() throws Exception {
        var server =
                trial.client(
                        trial.authority.keys(
                                "n1", KeyPurposeId.id_kp_serverAuth, TestAuthority.inAnHour()));

        assertThat(server.talk().end().isOk()).isFalse();
        assertRefused(server, Status.Code.UNAVAILABLE);
    }

    @Test
    void certificateThatBelongsToNoNodeIsRefusedWithWords() throws Exception {
        var nobody =
                trial.client(
                        trial.authority.keys(
                                "n1", KeyPurposeId.id_kp_clientAuth, TestAuthority.inAnHour()));

        assertThat(nobody.talk().end().getDescription()).contains("not that of a node");
        assertRefused(nobody, Status.Code.PERMISSION_DENIED);
    }

    @Test
    void certificateThatExpiresWhileConnectedIsRefusedForTheNextCall() {
        var node = trial.node("n1");
        assertThat(renew(node).getCertificatesCount()).isEqualTo(2);

        trial.jump(Duration.ofHours(2));
        assertRefused(node, Status.Code.UNAUTHENTICATED);
    }

    @Test
    void healthIsForAnyoneAndReflectionForNodes() throws Exception {
        var stranger = trial.client(null);

        assertThat(stranger.health()).isEqualTo(ServingStatus.SERVING);
        assertThat(services(trial.node("n1"))).contains("millwright.link.v1.NodeLink");
        assertThatThrownBy(() -> services(stranger)).hasMessageContaining("UNAUTHENTICATED");
        assertThatThrownBy(() ->
                        ClientCalls.blockingServerStreamingCall(
                                        stranger.channel(),
                                        HealthGrpc.getWatchMethod(),
                                        CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                                        HealthCheckRequest.getDefaultInstance())
                                .next())
                .hasMessageContaining("UNAUTHENTICATED");
    }

    @Test
    void olderTlsAndPlaintextAreRefused() {
        var old =
                trial.keep(
                        LinkClient.connect(
                                trial.server,
                                trial.authority,
                                trial.authority.node("n1"),
                                "TLSv1.2"));
        var plain = trial.keep(LinkClient.plaintext(trial.server));

        assertThatThrownBy(old::health).hasMessageContaining("UNAVAILABLE");
        assertThatThrownBy(plain::health).hasMessageContaining("UNAVAILABLE");
    }

    @Test
    void renewedCertificateOfTheServerIsShownAtTheNextHandshake() {
        assertThat(trial.client(null).health()).isEqualTo(ServingStatus.SERVING);

        // One that nobody trusts shows best that it is used
        trial.authority.serverKeys(
                new TestAuthority()
                        .keys("server", KeyPurposeId.id_kp_serverAuth, TestAuthority.inAnHour()));
        assertThatThrownBy(() -> trial.client(null).health()).hasMessageContaining("UNAVAILABLE");
    }

    @Test
    void machineJoinsWithATokenAndIsANodeThen() {
        var reply = trial.client(null).enrolment().join(join(TestAuthority.TOKEN));

        assertThat(reply.getNode()).isEqualTo("n1");
        assertThat(reply.getCertificatesCount()).isEqualTo(2);
        assertThat(reply.getAuthoritiesCount()).isEqualTo(1);
        assertThat(reply.getServersList()).containsExactly("one:10001", "two:10001");
    }

    @Test
    void badJoinsAreRefusedWithWords() {
        var stranger = trial.client(null).enrolment();

        assertThatThrownBy(() -> stranger.join(join("guessed")))
                .hasMessageContaining("PERMISSION_DENIED")
                .hasMessageContaining("make a new one");
        assertThatThrownBy(() -> stranger.join(JoinRequest.getDefaultInstance()))
                .hasMessageContaining("INVALID_ARGUMENT");
    }

    @Test
    void tokensCannotBeGuessedQuickly() {
        var stranger = trial.client(null).enrolment();
        for (int attempt = 0; attempt < JoinRate.TRIES; attempt++) {
            assertThatThrownBy(() -> stranger.join(join("guessed")))
                    .hasMessageContaining("PERMISSION_DENIED");
        }

        assertThatThrownBy(() -> stranger.join(join(TestAuthority.TOKEN)))
                .hasMessageContaining("RESOURCE_EXHAUSTED");
    }

    private static JoinRequest join(String token) {
        return JoinRequest.newBuilder()
                .setToken(token)
                .setWantedName("n1")
                .setCertificateRequest(ByteString.copyFrom(TestAuthority.request("n1")))
                .build();
    }

    private static RenewReply renew(LinkClient client) {
        return client.link()
                .renew(
                        RenewRequest.newBuilder()
                                .setCertificateRequest(
                                        ByteString.copyFrom(TestAuthority.request("n1")))
                                .build());
    }

    /// It does not even get as far as a call.
    private static void assertNoConnection(LinkClient client) throws Exception {
        assertThat(client.talk().end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertRefused(client, Status.Code.UNAVAILABLE);
        assertThatThrownBy(client::health).isInstanceOf(StatusRuntimeException.class);
    }

    private static void assertRefused(LinkClient client, Status.Code code) {
        assertThatThrownBy(() -> renew(client)).hasMessageContaining(code.name());
    }

    private static List<String> services(LinkClient client) throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        var requests =
                ServerReflectionGrpc.newStub(client.channel())
                        .serverReflectionInfo(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(ServerReflectionResponse response) {
                                        answer.complete(response);
                                    }

                                    @Override
                                    public void onError(Throwable failure) {
                                        answer.completeExceptionally(failure);
                                    }

                                    @Override
                                    public void onCompleted() {}
                                });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        var found = answer.get(10, TimeUnit.SECONDS).getListServicesResponse();
        requests.onCompleted();
        return found.getServiceList().stream().map(service -> service.getName()).toList();
    }
}
