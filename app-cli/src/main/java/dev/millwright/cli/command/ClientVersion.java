package dev.millwright.cli.command;

import org.jspecify.annotations.Nullable;

/// The version of this program. Any thread.
public final class ClientVersion {
    private ClientVersion() {}

    public static String text() {
        return of(ClientVersion.class.getPackage().getImplementationVersion());
    }

    /// What people are told: servers do not tell builds of one version apart, either.
    ///
    /// @param built as it stands in the jar; null without one
    static String of(@Nullable String built) {
        return built == null ? "development" : built.replaceFirst("-SNAPSHOT$", "");
    }
}
