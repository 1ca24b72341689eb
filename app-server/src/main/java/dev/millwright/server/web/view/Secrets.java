package dev.millwright.server.web.view;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Keeps credentials out of answers.
public final class Secrets {
    private static final String MASK = "***";
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*@");
    private static final Pattern SECRET_NAME =
            Pattern.compile("authorization|cookie|.*(token|secret|signature|password|api-?key).*");

    private Secrets() {}

    /// An address without what stands before its `@`.
    public static String maskUrl(String url) {
        return USER_INFO.matcher(url).replaceAll(MASK + "@");
    }

    public static Map<String, String> maskHeaders(Map<String, String> headers) {
        Map<String, String> masked = new TreeMap<>();
        headers.forEach((name, value) ->
                masked.put(
                        name,
                        SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()
                                ? MASK
                                : value));
        return masked;
    }
}
