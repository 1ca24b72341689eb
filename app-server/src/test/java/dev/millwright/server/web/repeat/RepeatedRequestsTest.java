package dev.millwright.server.web.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Bodies;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedRequestsTest {
    @TempDir static Path data;
    private static Database database;
    private final AtomicInteger effects = new AtomicInteger();

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(data);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private Answer effect() {
        return Answer.accepted("/runs/1", Map.of("n", effects.incrementAndGet()));
    }

    @Test
    void theSameKeyAgainGivesTheSameAnswerWithoutASecondEffect() {
        RepeatedRequests repeats = new RepeatedRequests(database, new Bodies());
        repeats.once("a", "k1", "h", this::effect);
        Answer again = repeats.once("a", "k1", "h", this::effect);
        assertThat(effects).hasValue(1);
        assertThat(again)
                .isEqualTo(
                        new Answer.Text(
                                202,
                                Map.of("Location", "/runs/1", "Idempotency-Replayed", "true"),
                                "application/json",
                                "{\"n\":1}"));
    }

    @Test
    void otherScopesDoNotMeet() {
        RepeatedRequests repeats = new RepeatedRequests(database, new Bodies());
        repeats.once("a", "k2", "h", this::effect);
        repeats.once("b", "k2", "h", this::effect);
        assertThat(effects).hasValue(2);
    }

    @Test
    void theSameKeyForAnotherRequestIsRefused() {
        RepeatedRequests repeats = new RepeatedRequests(database, new Bodies());
        repeats.once("a", "k3", "h", this::effect);
        assertThatThrownBy(() -> repeats.once("a", "k3", "other", this::effect))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.type()).isEqualTo(ProblemType.UNPROCESSABLE));
    }

    @Test
    void aRefusedRequestMayBeTriedAgain() {
        RepeatedRequests repeats = new RepeatedRequests(database, new Bodies());
        assertThatThrownBy(() ->
                        repeats.once(
                                "a",
                                "k4",
                                "h",
                                () -> {
                                    throw ProblemException.of(ProblemType.CONFLICT, "no");
                                }))
                .isInstanceOf(ProblemException.class);
        assertThat(repeats.once("a", "k4", "h", this::effect).status()).isEqualTo(202);
    }

    @Test
    void twentyAtTheSameTimeHaveOneEffect() throws Exception {
        RepeatedRequests repeats = new RepeatedRequests(database, new Bodies());
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Answer> request =
                    () -> {
                        start.await();
                        return repeats.once("a", "k5", "h", this::effect);
                    };
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(request));
            }
            start.countDown();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(202);
            }
        }
        assertThat(effects).hasValue(1);
    }

    @Test
    void aRequestThatDiedWithItsServerIsTakenOverAfterAMinute() {
        RepeatedRequests repeats = new RepeatedRequests(database, new Bodies());
        database.change(tx ->
                tx.dao(IdempotencyDao.class).insert("a", "k6", "h", tx.now().minusSeconds(61)));
        assertThat(repeats.once("a", "k6", "h", this::effect).status()).isEqualTo(202);
        assertThat(effects).hasValue(1);
    }
}
