package dev.millwright.server.telemetry.otlp;

/// A field of a message of OTLP: its number in protobuf and its name in JSON. Those that are not
/// listed are of no use here.
///
/// Numbers and names are of opentelemetry-proto 1.x, whose stable messages do not change them.
record Field(int number, String name) {
    static final Field RESOURCE_SPANS = new Field(1, "resourceSpans");
    static final Field RESOURCE_LOGS = new Field(1, "resourceLogs");
    static final Field RESOURCE_METRICS = new Field(1, "resourceMetrics");

    static final Field RESOURCE = new Field(1, "resource");
    static final Field RESOURCE_ATTRIBUTES = new Field(1, "attributes");
    static final Field SCOPE_SPANS = new Field(2, "scopeSpans");
    static final Field SCOPE_LOGS = new Field(2, "scopeLogs");
    static final Field SCOPE_METRICS = new Field(2, "scopeMetrics");
    static final Field SCOPE = new Field(1, "scope");
    static final Field SCOPE_NAME = new Field(1, "name");
    static final Field SPANS = new Field(2, "spans");
    static final Field LOG_RECORDS = new Field(2, "logRecords");

    static final Field KEY = new Field(1, "key");
    static final Field VALUE = new Field(2, "value");
    static final Field STRING_VALUE = new Field(1, "stringValue");
    static final Field BOOL_VALUE = new Field(2, "boolValue");
    static final Field INT_VALUE = new Field(3, "intValue");
    static final Field DOUBLE_VALUE = new Field(4, "doubleValue");
    static final Field ARRAY_VALUE = new Field(5, "arrayValue");
    static final Field MAP_VALUE = new Field(6, "kvlistValue");
    static final Field BYTES_VALUE = new Field(7, "bytesValue");
    static final Field VALUES = new Field(1, "values");
}
