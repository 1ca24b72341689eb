package dev.millwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.DeliveryId;
import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.model.plan.Source;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.delivery.DeliveryStatus;
import dev.millwright.server.git.LinesRepository;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.secret.SecretAnswer;
import dev.millwright.server.trigger.Meaning;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pipeline files of another system, with a real repository of the `git` command.
class ForeignSourcesTest {
    private static final Delivery DELIVERY =
            new Delivery(
                    new DeliveryId(UUID.randomUUID()),
                    "hook:web",
                    "1",
                    "default",
                    "web",
                    "push",
                    Map.of(),
                    Payload.EMPTY,
                    Parameters.NONE,
                    DeliveryStatus.RECEIVED,
                    "",
                    null,
                    null,
                    Instant.EPOCH,
                    null);

    @TempDir Path folder;
    private LinesRepository repository;

    @BeforeEach
    void makeRepository() throws Exception {
        repository = LinesRepository.create(folder);
    }

    private PipelineSources.Answer read(RunRequest request) {
        PipelineSources sources =
                new PipelineSources(repository.files(), (_, _) -> SecretAnswer.Ready.NONE);
        PipelineSpec.Repository written =
                new PipelineSpec.Repository(
                        repository.work().toString(), "main", "", Source.Checkout.DEFAULT);
        PipelineSpec spec =
                new PipelineSpec(
                        written,
                        false,
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Parameters.NONE,
                        false);
        return sources.read(
                DELIVERY,
                spec,
                new Meaning.Start(
                        "pull_request",
                        null,
                        request.commit(),
                        Map.of(),
                        "test",
                        List.of(),
                        request));
    }

    private static String definition(PipelineSources.Answer answer) {
        assertThat(answer).isInstanceOf(PipelineSources.Found.class);
        ReadResult result = ((PipelineSources.Found) answer).result();
        assertThat(result).isInstanceOf(ReadResult.Read.class);
        return ((ReadResult.Read) result).definition().root().toString();
    }

    /// Neither by the file itself, nor by another one that would count more.
    @Test
    void aStrangerCannotChangeWhatIsRun() throws Exception {
        String base = repository.commit("build.lines", "make base\n");
        var _ = repository.commit("build.lines", "make stolen\n");
        String head = repository.commit(".millwright.yaml", "steps: [{commands: [make stolen]}]\n");

        var stranger =
                RunRequest.of("pull_request")
                        .commit(head)
                        .previousCommit(base)
                        .trust(RunRequest.Trust.NONE)
                        .build();
        var friend =
                RunRequest.of("pull_request")
                        .commit(head)
                        .previousCommit(base)
                        .trust(RunRequest.Trust.FULL)
                        .build();

        assertThat(definition(read(stranger))).contains("make base").doesNotContain("stolen");
        assertThat(definition(read(friend))).contains("stolen");
    }

    @Test
    void aFormatThatBreaksDownEndsTheRunWithItsName() throws Exception {
        String head = repository.commit("build.lines", "broken\n");

        assertThat(read(RunRequest.of("push").commit(head).build()))
                .isInstanceOfSatisfying(
                        PipelineSources.Unreadable.class,
                        unreadable -> {
                            assertThat(unreadable.message())
                                    .contains("the format 'lines'", "'build.lines'", "it broke");
                            assertThat(unreadable.source()).isPresent();
                        });
    }
}
