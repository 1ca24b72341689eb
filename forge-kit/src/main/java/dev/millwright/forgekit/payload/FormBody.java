package dev.millwright.forgekit.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.model.Payload;
import java.net.URLDecoder;

/// JSON as it is or as the field `payload` of a form, as the hook's settings at the forge say.
/// Pure.
public final class FormBody {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String FIELD = "payload=";

    private FormBody() {}

    /// The JSON. Throws [PayloadException] when a form has none.
    public static Payload json(String contentType, Payload body) {
        if (!contentType.startsWith(FORM)) {
            return body;
        }
        String text = body.text();
        if (!text.startsWith(FIELD)) {
            throw new PayloadException("the form has no field 'payload'");
        }
        try {
            return Payload.of(URLDecoder.decode(text.substring(FIELD.length()), UTF_8));
        } catch (IllegalArgumentException malformed) {
            throw new PayloadException("the form is not well encoded");
        }
    }
}
