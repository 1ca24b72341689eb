package dev.millwright.server.telemetry.otlp;

import java.util.List;
import java.util.Optional;

/// A message of OTLP, in whichever form it came. What is missing is empty or 0, as in protobuf;
/// what is of another kind than it should be throws [MalformedException]. Immutable.
interface Message {
    boolean has(Field field);

    /// The messages of a repeated field.
    List<Message> messages(Field field);

    String text(Field field);

    /// A whole number: a count, a time, or that of an enumeration.
    long number(Field field);

    double decimal(Field field);

    boolean flag(Field field);

    /// Bytes in base64.
    String bytes(Field field);

    /// The id of a trace or a span in lower-case hexadecimal digits.
    String id(Field field);

    /// The message of a field that is there once.
    default Optional<Message> message(Field field) {
        List<Message> all = messages(field);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }
}
