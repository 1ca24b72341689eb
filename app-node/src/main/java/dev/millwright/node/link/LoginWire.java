package dev.millwright.node.link;

import dev.millwright.node.RepositoryLogin;
import dev.millwright.plugin.Secret;

/// Translates what opens a repository. Pure; any thread.
final class LoginWire {
    private LoginWire() {}

    static dev.millwright.link.v1.RepositoryLogin wire(RepositoryLogin login) {
        var wire =
                dev.millwright.link.v1.RepositoryLogin.newBuilder()
                        .setReader(login.reader())
                        .setUser(login.user())
                        .addAllKnownHosts(login.knownHosts())
                        .setForParts(login.forParts());
        login.password().map(Secret::reveal).ifPresent(wire::setPassword);
        login.key().map(Secret::reveal).ifPresent(wire::setKey);
        return wire.build();
    }

    static RepositoryLogin login(dev.millwright.link.v1.RepositoryLogin wire) {
        return new RepositoryLogin(
                wire.getReader(),
                wire.getUser(),
                wire.hasPassword() ? Secret.of(wire.getPassword()) : null,
                wire.hasKey() ? Secret.of(wire.getKey()) : null,
                wire.getKnownHostsList(),
                wire.getForParts());
    }
}
