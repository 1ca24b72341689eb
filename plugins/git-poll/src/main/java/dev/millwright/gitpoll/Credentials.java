package dev.millwright.gitpoll;

import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// Gives the poll's own credentials, or what the machine's Git knows about the host; asked only
/// when the host wants some.
///
/// Used by one thread.
final class Credentials extends CredentialsProvider {
    private final Address address;
    private final GitPoll poll;
    private final Budget budget;
    private @Nullable Login login;
    private boolean asked;

    /// A name and what proves it.
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user + ":******";
        }
    }

    Credentials(Address address, GitPoll poll, Budget budget) {
        this.address = address;
        this.poll = poll;
        this.budget = budget;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (CredentialItem item : items) {
            if (!(item instanceof CredentialItem.Username)
                    && !(item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        Optional<Login> found = supports(items) && isForHost(uri) ? login() : Optional.empty();
        if (found.isEmpty()) {
            return false;
        }
        for (CredentialItem item : items) {
            switch (item) {
                case CredentialItem.Username name -> name.setValue(found.get().user());
                case CredentialItem.Password word ->
                        word.setValue(found.get().password().toCharArray());
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isForHost(URIish uri) {
        return uri.getHost() != null && uri.getHost().equalsIgnoreCase(address.uri().getHost());
    }

    private Optional<Login> login() {
        if (!asked) {
            asked = true;
            login =
                    poll.password()
                            .map(word ->
                                    new Login(address.user().orElse(poll.user()), word.reveal()))
                            .or(() -> MachineLogins.find(address, budget, Map.of()))
                            .orElse(null);
        }
        return Optional.ofNullable(login);
    }
}
