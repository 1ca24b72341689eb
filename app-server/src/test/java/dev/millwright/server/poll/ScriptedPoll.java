package dev.millwright.server.poll;

import dev.millwright.plugin.poll.Finding;
import dev.millwright.plugin.poll.PollRequest;
import dev.millwright.plugin.poll.PollResult;
import dev.millwright.plugin.poll.PollingTrigger;
import dev.millwright.plugin.trigger.RunRequest;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A polling trigger that answers what a test tells it to, and remembers what it was asked.
final class ScriptedPoll implements PollingTrigger<ScriptedPoll.Settings> {
    /// What it answers.
    @FunctionalInterface
    interface Script {
        PollResult answer(PollRequest request) throws InterruptedException;
    }

    /// @param word nothing but something to change
    record Settings(@dev.millwright.plugin.Default("") String word) {}

    final List<PollRequest> requests = new CopyOnWriteArrayList<>();
    final ConcurrentHashMap<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile Script script = request -> PollResult.nothing("seen");

    private final String kind;

    ScriptedPoll(String kind) {
        this.kind = kind;
    }

    void answers(Script answer) {
        script = answer;
    }

    /// Something that starts a run of an inline pipeline.
    static Finding finding(String key) {
        return new Finding(key, RunRequest.of("push").build());
    }

    List<String> states() {
        return requests.stream().map(PollRequest::state).toList();
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Class<Settings> configuration() {
        return Settings.class;
    }

    @Override
    public PollResult poll(PollRequest request, Settings settings) throws InterruptedException {
        String poll = request.pipeline().name() + "/" + request.name();
        AtomicInteger now = atOnce.computeIfAbsent(poll, _ -> new AtomicInteger());
        mostAtOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            requests.add(request);
            return script.answer(request);
        } finally {
            now.decrementAndGet();
        }
    }
}
