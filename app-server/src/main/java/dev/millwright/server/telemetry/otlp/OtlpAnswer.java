package dev.millwright.server.telemetry.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Write what is answered to programs, in the form in which they asked. Pure; any thread.
public final class OtlpAnswer {
    private static final JsonMapper JSON = JsonMapper.shared();

    private OtlpAnswer() {}

    /// What a request carries, with the name of what was refused of it.
    public enum Kind {
        SPANS("rejectedSpans"),
        LOGS("rejectedLogRecords"),
        METRICS("rejectedDataPoints");

        private final String rejected;

        Kind(String rejected) {
            this.rejected = rejected;
        }
    }

    /// That everything was taken, but for some.
    ///
    /// @param refused how many were not taken and will not be
    /// @param reason for the program's author; may be empty
    public static byte[] taken(OtlpReader form, Kind kind, int refused, String reason) {
        if (refused == 0 && reason.isEmpty()) {
            return form == OtlpReader.JSON ? JSON.writeValueAsBytes(Map.of()) : new byte[0];
        }
        if (form == OtlpReader.JSON) {
            Map<String, Object> partial = new LinkedHashMap<>();
            // Numbers of 64 bits are text in protobuf's JSON
            partial.put(kind.rejected, Integer.toString(refused));
            partial.put("errorMessage", reason);
            return JSON.writeValueAsBytes(Map.of("partialSuccess", partial));
        }
        byte[] partial =
                written(out -> {
                    out.writeInt64(1, refused);
                    out.writeString(2, reason);
                });
        return written(out -> out.writeBytes(1, ByteString.copyFrom(partial)));
    }

    /// A `google.rpc.Status`: that nothing was taken.
    ///
    /// @param code of gRPC
    public static byte[] refused(OtlpReader form, int code, String message) {
        if (form == OtlpReader.JSON) {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("code", code);
            status.put("message", message);
            return JSON.writeValueAsBytes(status);
        }
        return written(out -> {
            out.writeInt32(1, code);
            out.writeString(2, message);
        });
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory can be written to", impossible);
        }
        return bytes.toByteArray();
    }
}
