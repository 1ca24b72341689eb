package dev.millwright.node.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/// Exactly these bytes. Immutable.
final class PlainForm implements SecretForm {
    private static final int SHORTEST = 4;

    private final byte[] bytes;

    private PlainForm(byte[] bytes) {
        this.bytes = bytes;
    }

    /// None for a text that is too short.
    static Stream<SecretForm> of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length < SHORTEST ? Stream.of() : Stream.of(new PlainForm(bytes));
    }

    @Override
    public int length() {
        return bytes.length;
    }

    @Override
    public boolean cover(byte[] text) {
        boolean found = false;
        for (int at = SecretForm.find(bytes, text, 0);
                at >= 0;
                at = SecretForm.find(bytes, text, at + bytes.length)) {
            Arrays.fill(text, at, at + bytes.length, (byte) '*');
            found = true;
        }
        return found;
    }
}
