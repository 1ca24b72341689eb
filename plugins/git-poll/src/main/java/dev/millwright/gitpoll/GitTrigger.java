package dev.millwright.gitpoll;

import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.PluginContext;
import dev.millwright.plugin.PluginException;
import dev.millwright.plugin.poll.PollRequest;
import dev.millwright.plugin.poll.PollResult;
import dev.millwright.plugin.poll.PollingTrigger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.internal.WorkQueue;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportProtocol;

/// Looks what branches and tags of a repository hold, and asks for runs of what is new.
///
/// Called from any thread. Keeps nothing between looks but how the hosts fare.
public final class GitTrigger implements PollingTrigger<GitPoll> {
    /// Enough for a quarter of a million branches and tags, all of which are in memory at once:
    /// about three times as many bytes.
    private static final long MOST_BYTES_OF_REFS = 16L << 20;

    private GitPollSettings settings =
            new GitPollSettings(
                    Set.of(GitPollSettings.Scheme.HTTPS, GitPollSettings.Scheme.SSH),
                    Duration.ofSeconds(30),
                    4,
                    List.of());
    private NetworkWall allowed = NetworkWall.CLOSED;
    private Path folder = Path.of("");
    private Hosts hosts = new Hosts(4, Duration.ofSeconds(20));

    @Override
    public String kind() {
        return "git";
    }

    @Override
    public Class<GitPoll> configuration() {
        return GitPoll.class;
    }

    @Override
    public void open(PluginContext context) {
        settings = context.settings(GitPollSettings.class);
        allowed = context.wall();
        folder = context.folder();
        hosts = new Hosts(settings.perHost(), Duration.ofSeconds(20));
        closeOtherWays();
    }

    /// JGit knows a dozen ways to reach a repository; those that nobody may use are shut, whatever
    /// an address looks like. These are the plugin's own classes: others are not affected.
    private void closeOtherWays() {
        for (TransportProtocol way : List.copyOf(Transport.getTransportProtocols())) {
            boolean used =
                    settings.schemes().stream()
                            .anyMatch(scheme ->
                                    way.getSchemes()
                                            .contains(scheme.name().toLowerCase(Locale.ROOT)));
            if (!used) {
                Transport.unregister(way);
            }
        }
    }

    /// JGit starts a thread of its own, which would otherwise live until its classes are collected.
    @Override
    public void close() {
        var _ = WorkQueue.getExecutor().shutdownNow();
    }

    @Override
    public PollResult poll(PollRequest request, GitPoll poll) throws InterruptedException {
        Address address =
                Address.parse(
                        poll.repository().orElse(request.pipeline().repository()),
                        settings.schemes());
        if (poll.password().isPresent()) {
            address.checkMayCarryPassword();
        }
        Hosts.Host host = hosts.of(address.host());
        Optional<Hosts.Rest> rest = host.enter(request.now());
        if (rest.isPresent()) {
            return new PollResult.Failed(rest.get().reason(), rest.get().pause());
        }
        try {
            return look(request, poll, address, host);
        } finally {
            host.leave();
        }
    }

    private PollResult look(PollRequest request, GitPoll poll, Address address, Hosts.Host host) {
        long began = System.nanoTime();
        NetworkWall wall = allowed.and(settings.hosts());
        try (Budget budget = Budget.start(settings.timeout(), MOST_BYTES_OF_REFS);
                Remote remote = new Remote(address, poll, wall, budget, folder)) {
            try {
                PollResult result = compare(request, poll, remote);
                host.answered();
                return result;
            } catch (IOException failed) {
                Instant now = request.now().plusNanos(System.nanoTime() - began);
                return failed(Trouble.of(failed, address, remote, budget), host, now);
            }
        } catch (IOException unwritable) {
            throw new PluginException(String.valueOf(unwritable.getMessage()));
        }
    }

    private static PollResult failed(Trouble trouble, Hosts.Host host, Instant now) {
        Duration pause =
                trouble.ofHost()
                        ? host.failed(trouble.reason(), trouble.pause(), now)
                        : trouble.pause();
        return new PollResult.Failed(trouble.reason(), pause);
    }

    private static PollResult compare(PollRequest request, GitPoll poll, Remote remote)
            throws IOException {
        Tips now = News.wanted(remote.refs(), poll);
        String text = now.text();
        if (text.length() > PollResult.MAX_STATE) {
            throw new PluginException(
                    "%d branches and tags match, which is too many to remember; narrow 'branch' and 'tag'"
                            .formatted(now.commits().size()));
        }
        Optional<Tips> before = Tips.parse(request.state());
        // What is there at first was there before anybody asked for runs
        return before.isEmpty()
                ? PollResult.nothing(text)
                : News.between(
                        before.get(),
                        now,
                        change ->
                                poll.commits() == GitPoll.Commits.EVERY
                                        ? remote.line(change)
                                        : List.of(change.now()));
    }
}
