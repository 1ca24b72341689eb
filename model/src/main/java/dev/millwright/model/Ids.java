package dev.millwright.model;

import java.util.UUID;

final class Ids {
    private Ids() {}

    static UUID parse(String what, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw new MillwrightException(
                    "'%s' is not a %s id; ids look like 0199c0de-1c2f-7a3b-8000-9a4d1c0ffee0"
                            .formatted(text, what),
                    malformed);
        }
    }
}
