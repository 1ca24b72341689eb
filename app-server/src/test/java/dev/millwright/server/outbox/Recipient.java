package dev.millwright.server.outbox;

import dev.millwright.plugin.Sent;
import dev.millwright.server.event.NewEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/// A channel that keeps what it is told and answers as the test wants.
final class Recipient implements Channel {
    private final UUID id;
    private final Keep keep;
    private final List<Letter> told = new CopyOnWriteArrayList<>();
    private volatile Function<Letter, Sent> answer = _ -> Sent.DONE;
    private volatile Predicate<Letter> spared = _ -> false;
    private volatile String lack = "";

    Recipient(UUID id, Keep keep) {
        this.id = id;
        this.keep = keep;
    }

    Recipient(UUID id) {
        this(id, new Keep(Duration.ofDays(7), 100_000));
    }

    void answer(Function<Letter, Sent> how) {
        answer = how;
    }

    /// Why nothing can be told; empty when it can.
    void lack(String what) {
        lack = what;
    }

    @Override
    public String problem() {
        return lack;
    }

    /// Every letter of every call, in the order of the calls.
    List<Letter> told() {
        return List.copyOf(told);
    }

    @Override
    public Identity identity() {
        return new Identity(id, "default", "exporter default/test");
    }

    @Override
    public Keep keep() {
        return keep;
    }

    @Override
    public Optional<Message> about(NewEvent event) {
        return Optional.of(new Message(event.type(), ""));
    }

    /// Of these nobody has to be told.
    void spare(Predicate<Letter> which) {
        spared = which;
    }

    @Override
    public Optional<Sent> tell(Letter letter) {
        told.add(letter);
        return spared.test(letter) ? Optional.empty() : Optional.of(answer.apply(letter));
    }
}
