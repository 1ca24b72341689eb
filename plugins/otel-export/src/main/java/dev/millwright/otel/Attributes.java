package dev.millwright.otel;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Collects attributes; empty texts are left out. Used by one thread.
final class Attributes {
    private final List<KeyValue> all = new ArrayList<>();

    Attributes put(String key, String value) {
        if (!value.isEmpty()) {
            add(key, AnyValue.newBuilder().setStringValue(value));
        }
        return this;
    }

    Attributes put(String key, long value) {
        add(key, AnyValue.newBuilder().setIntValue(value));
        return this;
    }

    /// A plain value: text, a number, a boolean, or a list or map of these.
    Attributes putValue(String key, Object value) {
        add(key, any(value));
        return this;
    }

    private static AnyValue.Builder any(Object value) {
        AnyValue.Builder any = AnyValue.newBuilder();
        return switch (value) {
            case Boolean flag -> any.setBoolValue(flag);
            case Double number -> any.setDoubleValue(number);
            case Number number -> any.setIntValue(number.longValue());
            case List<?> list -> {
                ArrayValue.Builder values = ArrayValue.newBuilder();
                list.forEach(each -> values.addValues(any(each)));
                yield any.setArrayValue(values);
            }
            case Map<?, ?> map -> {
                KeyValueList.Builder pairs = KeyValueList.newBuilder();
                map.forEach((name, each) ->
                        pairs.addValues(
                                KeyValue.newBuilder().setKey(name.toString()).setValue(any(each))));
                yield any.setKvlistValue(pairs);
            }
            default -> any.setStringValue(value.toString());
        };
    }

    private void add(String key, AnyValue.Builder value) {
        all.add(KeyValue.newBuilder().setKey(key).setValue(value).build());
    }

    List<KeyValue> all() {
        return List.copyOf(all);
    }
}
