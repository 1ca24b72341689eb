package dev.millwright.server.web.route;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Picks media types by `Accept` and checks `Content-Type`.
final class Negotiation {
    private record Range(String type, double weight) {
        boolean fits(String mediaType) {
            return type.equals("*/*")
                    || type.equals(mediaType)
                    || (type.endsWith("/*")
                            && mediaType.startsWith(type.substring(0, type.length() - 1)));
        }
    }

    private Negotiation() {}

    /// The offered type that the caller likes best; the first one offered when they do not mind.
    static String choose(Route route, Optional<String> accept) {
        List<String> offered =
                route.replies().stream()
                        .filter(reply -> reply.status() < 300)
                        .map(Reply::mediaType)
                        .filter(type -> !type.isEmpty())
                        .distinct()
                        .toList();
        if (accept.isEmpty() || offered.isEmpty()) {
            return offered.isEmpty() ? "" : offered.getFirst();
        }
        List<Range> ranges =
                Arrays.stream(accept.get().split(",", -1))
                        .map(Negotiation::range)
                        .filter(range -> range.weight() > 0)
                        .sorted(Comparator.comparingDouble(Range::weight).reversed())
                        .toList();
        for (Range range : ranges) {
            for (String type : offered) {
                if (range.fits(bare(type))) {
                    return type;
                }
            }
        }
        throw ProblemException.of(
                ProblemType.NOT_ACCEPTABLE, "offered here: " + String.join(", ", offered));
    }

    private static Range range(String text) {
        String[] parts = text.split(";", -1);
        double weight = 1;
        for (String part : parts) {
            String parameter = part.strip();
            if (parameter.startsWith("q=")) {
                try {
                    weight = Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException _) {
                    weight = 0;
                }
            }
        }
        return new Range(parts[0].strip().toLowerCase(Locale.ROOT), weight);
    }

    /// Refuse a body in a format that the route does not take.
    static void checkBody(Route route, Optional<String> contentType, Optional<String> encoding) {
        boolean gzip = route.body().map(RequestBody::gzip).orElse(false);
        encoding.filter(value -> !value.equalsIgnoreCase("identity"))
                .filter(value -> !gzip || !value.equalsIgnoreCase("gzip"))
                .ifPresent(value -> {
                    throw ProblemException.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "bodies are taken without Content-Encoding%s, not '%s'"
                                    .formatted(gzip ? " or with gzip" : "", value));
                });
        route.body()
                .filter(body -> !body.mediaTypes().isEmpty())
                .ifPresent(body -> {
                    String type = contentType.map(Negotiation::bare).orElse("");
                    if (!type.isEmpty() && !body.mediaTypes().contains(type)) {
                        throw ProblemException.of(
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                "'%s' is not taken here; send %s"
                                        .formatted(type, String.join(" or ", body.mediaTypes())));
                    }
                });
    }

    private static String bare(String mediaType) {
        return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
