package dev.millwright.server.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.plugin.poll.PollResult;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DatabaseSettings;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PostgresPollsIT extends PollsTest {
    private final DatabaseSettings settings = TestDatabases.postgresqlSettings();

    @Override
    Database database(Path directory) {
        return Database.open(settings);
    }

    @Test
    void ofServersThatTickTogetherOneLooks() throws Exception {
        apply("web", POLL, "");
        trigger.answers(request -> {
            int next = request.state().isEmpty() ? 1 : Integer.parseInt(request.state()) + 1;
            return PollResult.found(
                    Integer.toString(next), ScriptedPoll.finding(Integer.toString(next)));
        });
        UUID second = UUID.randomUUID();
        join(second);
        try (Database own = Database.open(settings);
                Polls other = polls(own, second);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            polls.tick();
            CyclicBarrier together = new CyclicBarrier(2);
            for (int minute = 1; minute <= 20; minute++) {
                now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
                List<Future<Integer>> ticks =
                        List.of(
                                threads.submit(() -> tick(polls, together)),
                                threads.submit(() -> tick(other, together)));
                int begun = ticks.get(0).get() + ticks.get(1).get();
                assertThat(begun).as("looks of minute %d", minute).isLessThanOrEqualTo(1);
                if (begun == 0) {
                    // The one that may note changes had not noted them yet
                    polls.tick();
                }
                settle();
                int looks = minute;
                await().until(() -> trigger.requests.size() == looks);
            }
        }
        assertThat(trigger.mostAtOnce).hasValue(1);
        assertThat(delivered())
                .extracting(Delivery::dedupeKey)
                .containsExactlyElementsOf(
                        java.util.stream.IntStream.rangeClosed(1, 20)
                                .mapToObj(Integer::toString)
                                .toList());
    }

    private static int tick(Polls one, CyclicBarrier together) throws Exception {
        together.await();
        return one.tick();
    }
}
