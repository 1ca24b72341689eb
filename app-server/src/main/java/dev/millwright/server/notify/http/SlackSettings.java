package dev.millwright.server.notify.http;

import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import java.time.Duration;

/// What administrators write for a chat. Immutable.
///
/// ```yaml
/// url: ${env:CHAT_URL}
/// ```
@Describe("Tells a channel of Slack, Mattermost, Rocket.Chat or Discord.")
public record SlackSettings(
        @Describe("The address of the incoming webhook; who knows it may write.") Secret url,
        @Describe("How long an answer is waited for.") @Default("15s") Duration timeout) {
    public SlackSettings {
        Receiver.check(timeout);
    }

    /// Throws [IllegalArgumentException] when what the secret holds is no address.
    Receiver receiver() {
        return Receiver.parse(url.reveal(), timeout);
    }
}
