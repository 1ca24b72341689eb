package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.link.v1.FetchPluginRequest;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.Pair;
import dev.millwright.link.v1.Plugin;
import dev.millwright.link.v1.Runners;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a server tells of its plugins, and how nodes get them.
final class PluginLinkTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    private final LinkTrial trial = new LinkTrial();

    @AfterEach
    void close() {
        trial.close();
    }

    private static FetchPluginRequest request(long offset, int length) {
        return FetchPluginRequest.newBuilder()
                .setSha256(HASH)
                .setOffset(offset)
                .setLength(length)
                .build();
    }

    private byte[] file(int size) {
        byte[] file = new byte[size];
        for (int i = 0; i < size; i++) {
            file[i] = (byte) (i * 31 >> 3);
        }
        trial.shelf.files.put(HASH, file);
        return file;
    }

    private static void assertRefused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(code));
    }

    @Test
    void aNodeHearsOfAllPluginsAtTheBeginningAndWhenTheyChange() throws Exception {
        var talk = trial.node("n1").talk().greet();
        assertThat(talk.hearPlugins().getPluginsList()).isEmpty();

        trial.shelf.plugins = List.of(FakeShelf.plugin("docker-runner", HASH, 7));

        Plugin told = talk.hearPlugins().getPlugins(0);
        assertThat(told.getId()).isEqualTo("docker-runner");
        assertThat(told.getVersion()).isEqualTo("1.0.0");
        assertThat(told.getRequires()).isEqualTo(">=0.1.0 & <0.2.0");
        assertThat(told.getSha256()).isEqualTo(HASH);
        assertThat(told.getForm()).isEqualTo("jar");
        assertThat(told.getSize()).isEqualTo(7);
        assertThat(told.getRunnersList()).containsExactly("container");
        trial.shelf.plugins = List.of();
        assertThat(talk.hearPlugins().getPluginsList()).isEmpty();
    }

    @Test
    void nothingIsSaidOfPluginsBeforeWelcome() throws Exception {
        trial.shelf.plugins = List.of(FakeShelf.plugin("docker-runner", HASH, 7));
        var talk = trial.node("n1").talk();

        assertThat(talk.say(LinkTalk.hello()).hear().hasWelcome()).isTrue();
        assertThat(talk.hearPlugins().getPluginsCount()).isOne();
    }

    @Test
    void aFileComesInPartsToItsLastByte() {
        byte[] file = file(700_000);
        var link = trial.node("n1").link();

        byte[] first = link.fetchPlugin(request(0, 1 << 20)).getData().toByteArray();
        assertThat(first).hasSize(PluginParts.LARGEST);
        assertThat(first).isEqualTo(java.util.Arrays.copyOf(file, PluginParts.LARGEST));
        assertThat(link.fetchPlugin(request(699_999, 1000)).getData().toByteArray())
                .containsExactly(file[699_999]);
        assertThat(link.fetchPlugin(request(700_000, 1000)).getData().isEmpty()).isTrue();
    }

    @Test
    void whatIsNotThereAndWhatCannotBeIsRefused() {
        var link = trial.node("n1").link();

        assertRefused(Status.Code.NOT_FOUND, () -> link.fetchPlugin(request(0, 10)));
        file(10);
        assertRefused(Status.Code.INVALID_ARGUMENT, () -> link.fetchPlugin(request(-1, 10)));
        assertRefused(Status.Code.INVALID_ARGUMENT, () -> link.fetchPlugin(request(0, 0)));
    }

    @Test
    void nobodyWithoutACertificateGetsAPlugin() {
        file(10);

        assertRefused(
                Status.Code.UNAUTHENTICATED,
                () -> trial.client(null).link().fetchPlugin(request(0, 10)));
    }

    /// Were places not given back, this would be refused after the first few.
    @Test
    void manyPartsCanBeFetchedOneAfterTheOther() {
        file(PluginParts.UNDER_WAY * 3);
        var link = trial.node("n1").link();

        assertThat(
                        IntStream.range(0, PluginParts.UNDER_WAY * 3)
                                .mapToObj(at -> link.fetchPlugin(request(at, 1)).getData().size()))
                .containsOnly(1);
    }

    /// A node asks for a part every 40 ms: as many as this within the ten seconds in which frames
    /// are counted.
    @Test
    void aNodeThatFetchesALargePluginIsNotTakenForAnAbuser() {
        int parts = 250;
        file(PluginParts.LARGEST * parts);
        var client = trial.node("n1");

        for (long part = 0; part < parts; part++) {
            long offset = part * PluginParts.LARGEST;
            var answer = client.link().fetchPlugin(request(offset, PluginParts.LARGEST));
            assertThat(answer.getData().size()).isEqualTo(PluginParts.LARGEST);
        }
    }

    @Test
    void whatANodeSaysOfItsRunnersIsHandedOnInPlainWords() throws Exception {
        var runners =
                Runners.newBuilder()
                        .addOffered("process")
                        .addMissing(
                                Pair.newBuilder()
                                        .setKey("container")
                                        .setValue("no engine\nhere" + "x".repeat(1000)));
        trial.node("n1").talk().greet().say(NodeMessage.newBuilder().setRunners(runners).build());

        await().until(() -> !trial.host.callsOf("runners").isEmpty());
        assertThat(trial.host.callsOf("runners").getFirst())
                .startsWith("runners n1 [process] {container=no engine?herexxx")
                .hasSizeLessThan(400);
    }
}
