package dev.millwright.server.web.live;

import dev.millwright.api.event.EventView;
import dev.millwright.api.run.LogLineView;
import dev.millwright.model.AttemptId;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.RunId;
import dev.millwright.model.event.Event;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.log.LogFollower;
import dev.millwright.server.run.AttemptRecord;
import dev.millwright.server.run.RunView;
import dev.millwright.server.web.route.ProblemException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket on a run: its events and the lines of its steps, both output streams apart, until
/// the run is finished.
///
/// It sends `{"type":"event","event":{...}}`,
/// `{"type":"log","step":"0/1","attempt":1,"line":{...}}` and `{"type":"end"}`. It takes
/// `{"steps":["0/1"]}` to send only the lines of these steps and what is inside them,
/// `{"steps":[]}` for none.
public final class RunSocket implements Session.Listener.AutoDemanding {
    private static final Logger log = LoggerFactory.getLogger(RunSocket.class);
    private static final int TOO_SLOW = 1013;
    private static final int NORMAL = 1000;
    private static final int BAD = 1007;
    private static final int BROKEN = 1011;
    private static final int LINES = 500;
    private static final long SEND_SECONDS = 30;

    /// A message to the caller.
    record Message(
            String type,
            @Nullable EventView event,
            @Nullable StepPath step,
            @Nullable Integer attempt,
            @Nullable LogLineView line) {
        static Message of(EventView event) {
            return new Message("event", event, null, null, null);
        }

        static Message of(StepPath step, int attempt, LogLineView line) {
            return new Message("log", null, step, attempt, line);
        }

        static Message end() {
            return new Message("end", null, null, null, null);
        }
    }

    /// A message of the caller.
    record Choice(List<StepPath> steps) {
        Choice {
            steps = steps == null ? List.of() : List.copyOf(steps);
        }
    }

    private final LiveStreams streams;
    private final RunId run;
    private final long after;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock sending = new ReentrantLock();
    private final Set<AttemptId> followed = ConcurrentHashMap.newKeySet();
    private final Phaser following = new Phaser(1);
    private volatile List<StepPath> chosen;
    private volatile @Nullable Session session;

    /// @param after sequence number of the last event that the caller knows
    /// @param steps whose lines are sent, with all that is inside them
    public RunSocket(LiveStreams streams, RunId run, long after, List<StepPath> steps) {
        this.streams = streams;
        this.run = run;
        this.after = after;
        this.chosen = List.copyOf(steps);
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        threads.execute(() -> guard(this::serve));
    }

    @Override
    public void onWebSocketText(String text) {
        try {
            chosen = streams.bodies().read(text, Choice.class).steps();
            threads.execute(() -> guard(this::followAttempts));
        } catch (ProblemException e) {
            close(BAD, e.type().title());
        }
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback callback) {
        threads.shutdownNow();
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        threads.shutdownNow();
    }

    /// The edge of each thread of this socket.
    private void guard(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("the live stream of run {} broke", run, e);
            close(BROKEN, "something went wrong; connect again");
        }
    }

    private void serve() {
        try (RunTail tail = streams.tail(run, after)) {
            followAttempts();
            boolean over = streams.isOver(run, tail);
            while (!over && !tail.isEnded()) {
                Optional<Event> event = tail.next(LiveStreams.HEARTBEAT);
                if (event.isPresent()) {
                    send(Message.of(LiveViews.event(event.get())));
                    if (event.get().type().equals("step.started")) {
                        followAttempts();
                    }
                } else if (tail.isBroken()) {
                    close(TOO_SLOW, "resume with after=" + tail.last());
                    return;
                } else {
                    ping();
                    over = streams.isOver(run, tail);
                }
            }
            following.arriveAndAwaitAdvance();
            send(Message.end());
            close(NORMAL, "the run is finished");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SocketGone _) {
            threads.shutdownNow();
        }
    }

    /// Follow each attempt of a chosen step that is not followed yet.
    private void followAttempts() {
        List<StepPath> wanted = chosen;
        Optional<RunView> view = wanted.isEmpty() ? Optional.empty() : streams.runs().view(run);
        if (view.isEmpty()) {
            return;
        }
        for (AttemptRecord attempt : view.get().attempts()) {
            StepPath path = view.get().plan().step(attempt.position()).path();
            if (wanted.stream().anyMatch(path::isWithin) && followed.add(attempt.id())) {
                following.register();
                threads.execute(() -> guard(() -> follow(path, attempt)));
            }
        }
    }

    private void follow(StepPath path, AttemptRecord attempt) {
        try (LogFollower lines = streams.logs().follow(attempt.id(), 0)) {
            while (!lines.isEnded() && chosen.stream().anyMatch(path::isWithin)) {
                for (LogLine line : lines.next(LINES, LiveStreams.HEARTBEAT).lines()) {
                    send(Message.of(path, attempt.number(), LiveViews.line(line)));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SocketGone _) {
            threads.shutdownNow();
        } finally {
            following.arriveAndDeregister();
        }
    }

    private void send(Message message) throws InterruptedException {
        String text = streams.bodies().text(message);
        deliver((open, done) -> open.sendText(text, done));
    }

    private void ping() throws InterruptedException {
        deliver((open, done) -> open.sendPing(ByteBuffer.allocate(0), done));
    }

    private void deliver(Sending what) throws InterruptedException {
        Session open = session;
        if (open == null) {
            throw new SocketGone();
        }
        sending.lockInterruptibly();
        try {
            Callback.Completable done = new Callback.Completable();
            what.through(open, done);
            done.get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            open.disconnect();
            throw new SocketGone();
        } catch (ExecutionException _) {
            throw new SocketGone();
        } finally {
            sending.unlock();
        }
    }

    private void close(int status, String reason) {
        Session open = session;
        if (open != null) {
            open.close(status, reason, Callback.NOOP);
        }
    }

    private interface Sending {
        void through(Session open, Callback done);
    }

    /// The caller is not there any more.
    private static final class SocketGone extends MillwrightException {
        private static final long serialVersionUID = 1L;

        SocketGone() {
            super("the caller went away");
        }
    }
}
