package dev.millwright.server.notify.http;

import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What administrators write for a receiver of signed webhooks. Immutable.
///
/// ```yaml
/// url: https://example.org/ci
/// secret: ${env:CI_HOOK_SECRET}
/// ```
@Describe("Posts a signed JSON document for each message.")
public record WebhookSettings(
        @Describe("Where it is posted.") Optional<URI> url,
        @Describe("The same as a secret, for an address that holds one.")
                Optional<Secret> secretUrl,
        @Describe("What is signed with: whsec_ and Base64, or any text.") Optional<Secret> secret,
        @Describe("Further headers, such as Authorization.") Map<String, Secret> headers,
        @Describe("How long an answer is waited for.") @Default("15s") Duration timeout) {
    public WebhookSettings {
        headers = Map.copyOf(headers);
        if (url.isPresent() == secretUrl.isPresent()) {
            throw new IllegalArgumentException("write either 'url' or 'secretUrl'");
        }
        Receiver.check(timeout);
        if (url.isPresent()) {
            var _ = new Receiver(url.get(), timeout);
        }
    }

    /// Throws [IllegalArgumentException] when what the secret holds is no address.
    Receiver receiver() {
        return url.map(address -> new Receiver(address, timeout))
                .or(() -> secretUrl.map(secret -> Receiver.parse(secret.reveal(), timeout)))
                .orElseThrow();
    }
}
