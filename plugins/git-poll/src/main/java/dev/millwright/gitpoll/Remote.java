package dev.millwright.gitpoll;

import dev.millwright.plugin.NetworkWall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;

/// One look at a repository on another machine.
///
/// Used by one thread.
final class Remote implements AutoCloseable {
    /// Goes to a file, so it may be more than what is kept in memory.
    private static final long MOST_BYTES_OF_COMMITS = 64L << 20;

    private final Address address;
    private final GitPoll poll;
    private final Budget budget;
    private final Path folder;
    private final HttpTalk http;
    private final SshTalk ssh;

    /// @param folder for what has to be in files as long as the look lasts
    Remote(Address address, GitPoll poll, NetworkWall wall, Budget budget, Path folder) {
        this.address = address;
        this.poll = poll;
        this.budget = budget;
        this.folder = folder;
        this.http = new HttpTalk(address, wall, budget);
        this.ssh = new SshTalk(poll, wall, folder, budget);
    }

    /// The commit of each branch and tag that is asked for.
    Map<String, String> refs() throws IOException {
        try (Transport transport = open()) {
            try (FetchConnection connection = transport.openFetch(specs())) {
                Map<String, String> commits = new TreeMap<>();
                for (Ref ref : connection.getRefs()) {
                    add(commits, ref);
                }
                return commits;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException nonsense) {
            // JGit believes servers more than it should
            throw new IOException("it answers what is no Git: " + nonsense.getMessage(), nonsense);
        }
    }

    /// The commits that a branch was given since it held `before`, the oldest first; what a merge
    /// brought in counts as one. The newest alone when the branch is new or was forced, or when
    /// there are too many.
    List<String> line(News.Change change) throws IOException {
        if (change.before().isEmpty() || Refs.isTag(change.ref())) {
            return List.of(change.now());
        }
        budget.allow(MOST_BYTES_OF_COMMITS);
        try (History history = History.in(folder)) {
            history.fetch(this::open, change.ref());
            return history.between(change);
        }
    }

    private static void add(Map<String, String> commits, Ref ref) {
        ObjectId held =
                ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
        String name = ref.getName();
        if (held != null && Repository.isValidRefName(name)) {
            commits.put(name, held.name());
        }
    }

    private List<RefSpec> specs() {
        List<RefSpec> specs = new ArrayList<>();
        if (poll.wantsBranches()) {
            specs.add(new RefSpec("refs/heads/*:refs/remotes/origin/*"));
        }
        if (poll.wantsTags()) {
            specs.add(new RefSpec("refs/tags/*:refs/tags/*"));
        }
        return specs;
    }

    private Transport open() throws IOException {
        return prepared(Transport.open(address.uri()));
    }

    private Transport open(Repository repository) throws IOException {
        return prepared(Transport.open(repository, address.uri()));
    }

    private Transport prepared(Transport transport) {
        // The budget ends first, and says why
        transport.setTimeout((int) budget.time().toSeconds() + 1);
        transport.setCredentialsProvider(new Credentials(address, poll, budget));
        if (transport instanceof TransportHttp web) {
            web.setHttpConnectionFactory(http);
        }
        if (transport instanceof SshTransport shell) {
            shell.setSshSessionFactory(ssh);
        }
        return transport;
    }

    /// What the server said about it last.
    HttpTalk http() {
        return http;
    }

    @Override
    public void close() throws IOException {
        ssh.close();
    }
}
