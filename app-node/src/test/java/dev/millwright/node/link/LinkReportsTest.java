package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.link.v1.NodeMessage;
import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogChunk;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LinkReportsTest {
    private static final AttemptId ATTEMPT = new AttemptId(new UUID(1, 2));

    private final LinkReports reports = new LinkReports(10);
    private final List<NodeMessage> sent = new CopyOnWriteArrayList<>();

    @Test
    void whatAServerDoesNotStoreIsSentAgainOverTheSameConnectionUntilItDoes() throws Exception {
        reports.settled(sent::add);
        Thread told =
                Thread.ofVirtual()
                        .start(() ->
                                reports.log(
                                        ATTEMPT,
                                        7,
                                        new LogChunk(
                                                3, 0, 1, 0, 2, 0, 0, Instant.EPOCH, new byte[2])));

        await().until(() -> sent.size() >= 3);
        assertThat(told.isAlive()).isTrue();
        reports.logStored(ATTEMPT, 3);

        told.join();
        assertThat(sent).containsOnly(sent.getFirst());
    }
}
