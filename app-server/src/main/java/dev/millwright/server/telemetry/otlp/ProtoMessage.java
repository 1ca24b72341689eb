package dev.millwright.server.telemetry.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message in protobuf's own form, read one level at a time.
final class ProtoMessage implements Message {
    /// Two bytes make an empty message: a body must not become a hundred times as large here.
    private static final int MOST_FIELDS = 200_000;

    /// By number: [ByteString] or [Long].
    private final Map<Integer, List<Object>> fields;

    private ProtoMessage(Map<Integer, List<Object>> fields) {
        this.fields = fields;
    }

    static ProtoMessage of(ByteString bytes) {
        Map<Integer, List<Object>> fields = new HashMap<>();
        CodedInputStream in = bytes.newCodedInput();
        int count = 0;
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (++count > MOST_FIELDS) {
                    throw new MalformedException(
                            "a message has more than %d fields".formatted(MOST_FIELDS));
                }
                Object value = value(in, tag);
                if (value != null) {
                    fields.computeIfAbsent(
                                    WireFormat.getTagFieldNumber(tag), _ -> new ArrayList<>())
                            .add(value);
                }
            }
        } catch (IOException malformed) {
            throw new MalformedException(
                    "this is no protobuf message: " + malformed.getMessage(), malformed);
        }
        return new ProtoMessage(fields);
    }

    /// Null for what OTLP has no use for.
    private static @Nullable Object value(CodedInputStream in, int tag) throws IOException {
        return switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> in.readRawVarint64();
            case WireFormat.WIRETYPE_FIXED64 -> in.readRawLittleEndian64();
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.readBytes();
            default -> {
                var _ = in.skipField(tag);
                yield null;
            }
        };
    }

    private List<Object> all(Field field) {
        return fields.getOrDefault(field.number(), List.of());
    }

    private ByteString binary(Field field) {
        List<Object> all = all(field);
        return all.isEmpty() ? ByteString.EMPTY : binary(field, all.getLast());
    }

    private static ByteString binary(Field field, Object value) {
        return value instanceof ByteString bytes ? bytes : wrong(field);
    }

    private static ByteString wrong(Field field) {
        throw new MalformedException("field %s is of another kind".formatted(field.name()));
    }

    @Override
    public boolean has(Field field) {
        return fields.containsKey(field.number());
    }

    @Override
    public List<Message> messages(Field field) {
        List<Message> messages = new ArrayList<>();
        all(field).forEach(value -> messages.add(of(binary(field, value))));
        return messages;
    }

    @Override
    public String text(Field field) {
        return binary(field).toStringUtf8();
    }

    @Override
    public long number(Field field) {
        List<Object> all = all(field);
        if (all.isEmpty()) {
            return 0;
        }
        if (all.getLast() instanceof Long number) {
            return number;
        }
        throw new MalformedException("field %s is no number".formatted(field.name()));
    }

    @Override
    public double decimal(Field field) {
        return Double.longBitsToDouble(number(field));
    }

    @Override
    public boolean flag(Field field) {
        return number(field) != 0;
    }

    @Override
    public String bytes(Field field) {
        return Base64.getEncoder().encodeToString(binary(field).toByteArray());
    }

    @Override
    public String id(Field field) {
        return HexFormat.of().formatHex(binary(field).toByteArray());
    }
}
