package dev.millwright.node.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FactsWatchTest {
    private static final Duration SOON = Duration.ofMillis(1);

    private final List<Map<String, String>> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    private void awaitLooks(int count) {
        int before = looks.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> looks.get() >= before + count);
    }

    @Test
    void onlyWhatHasChangedIsTold() {
        try (FactsWatch _ =
                FactsWatch.start(
                        () -> Map.of("half", Integer.toString(looks.incrementAndGet() / 2)),
                        SOON,
                        SOON,
                        told::add)) {
            awaitLooks(5);
        }

        assertThat(told).hasSizeLessThan(looks.get()).doesNotHaveDuplicates();
    }

    @Test
    void aLookOrATellingThatFailsIsMadeAgain() {
        try (FactsWatch _ =
                FactsWatch.start(
                        () -> {
                            if (looks.incrementAndGet() == 1) {
                                throw new IllegalStateException("cannot look");
                            }
                            return Map.of("os", "linux");
                        },
                        SOON,
                        SOON,
                        facts -> {
                            if (looks.get() == 2) {
                                throw new IllegalStateException("cannot tell");
                            }
                            told.add(facts);
                        })) {
            awaitLooks(4);
        }

        assertThat(told).containsExactly(Map.of("os", "linux"));
    }

    @Test
    void aTellingIsNotInterrupted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        FactsWatch watch =
                FactsWatch.start(
                        () -> Map.of("os", "linux"),
                        SOON,
                        SOON,
                        facts -> {
                            begun.countDown();
                            try {
                                mayEnd.await();
                                told.add(facts);
                            } catch (InterruptedException broken) {
                                throw new IllegalStateException(broken);
                            }
                        });
        begun.await();

        Thread closing = Thread.ofVirtual().start(watch::close);
        await().until(() -> closing.getState() != Thread.State.RUNNABLE);
        mayEnd.countDown();
        closing.join();

        assertThat(told).containsExactly(Map.of("os", "linux"));
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        FactsWatch watch =
                FactsWatch.start(
                        () -> Map.of("look", Integer.toString(looks.incrementAndGet())),
                        SOON,
                        SOON,
                        told::add);
        awaitLooks(2);

        watch.close();

        int all = told.size();
        assertThat(all).isLessThanOrEqualTo(looks.get());
        await().during(Duration.ofMillis(50)).until(() -> told.size() == all);
    }
}
