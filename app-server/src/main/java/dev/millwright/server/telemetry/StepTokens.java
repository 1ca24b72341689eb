package dev.millwright.server.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.millwright.model.AttemptId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes and checks what a step shows to be let in: the id of its attempt, signed with a key that
/// all servers of the cluster have. Nothing is stored. Immutable; never printed.
public final class StepTokens {
    private static final HexFormat HEX = HexFormat.of();

    /// Letters and digits only: programs read it from a list of `name=value,...`.
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{32})([0-9a-f]{64})");

    private final byte[] key;
    private final String endpoint;

    /// @param key that all servers of the cluster share and nobody else knows
    /// @param serverUrl by which steps reach this server, without a slash at the end
    public StepTokens(byte[] key, String serverUrl) {
        this.key = key.clone();
        this.endpoint = serverUrl + StepTelemetry.PATH;
    }

    /// The variables by which programs of OpenTelemetry find the way here.
    public Map<String, String> environment(AttemptId attempt) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
        variables.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        variables.put("OTEL_EXPORTER_OTLP_HEADERS", StepTelemetry.HEADER + "=" + of(attempt));
        return variables;
    }

    String of(AttemptId attempt) {
        return HEX.toHexDigits(attempt.value().getMostSignificantBits())
                + HEX.toHexDigits(attempt.value().getLeastSignificantBits())
                + signature(attempt);
    }

    /// Whose token it is; empty when it is none of ours.
    Optional<AttemptId> attempt(String token) {
        Matcher parts = FORM.matcher(token);
        if (!parts.matches()) {
            return Optional.empty();
        }
        ByteBuffer bits = ByteBuffer.wrap(HEX.parseHex(parts.group(1)));
        AttemptId attempt = new AttemptId(new UUID(bits.getLong(), bits.getLong()));
        boolean isOurs =
                MessageDigest.isEqual(
                        signature(attempt).getBytes(US_ASCII), parts.group(2).getBytes(US_ASCII));
        return isOurs ? Optional.of(attempt) : Optional.empty();
    }

    private String signature(AttemptId attempt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HEX.formatHex(mac.doFinal(attempt.toString().getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "StepTokens";
    }
}
