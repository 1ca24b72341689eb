package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MapEntry;
import com.google.protobuf.WireFormat;
import dev.millwright.link.v1.Facts;
import dev.millwright.link.v1.Link;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairsTest {
    @Test
    void aMapComesBackAsItWas() {
        Map<String, String> map = Map.of("os", "linux", "empty", "", "", "no name");
        assertThat(Pairs.map(Pairs.of(map))).isEqualTo(map);
        assertThat(Pairs.map(List.of())).isEmpty();
    }

    @Test
    void theLastOfTheSameKeyCounts() {
        assertThat(Pairs.map(List.of(Pairs.pair("a", "1"), Pairs.pair("a", "2"))))
                .containsExactly(Map.entry("a", "2"));
    }

    /// Earlier versions declare these fields as maps.
    @Test
    void theBytesAreThoseOfAMap() throws IOException {
        var entry =
                MapEntry.newDefaultInstance(
                                Link.getDescriptor().findMessageTypeByName("Pair"),
                                WireFormat.FieldType.STRING,
                                "",
                                WireFormat.FieldType.STRING,
                                "")
                        .toBuilder()
                        .setKey("os")
                        .setValue("linux")
                        .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeMessage(Facts.FACTS_FIELD_NUMBER, entry);
        out.flush();
        Facts facts = Facts.newBuilder().addAllFacts(Pairs.of(Map.of("os", "linux"))).build();
        assertThat(facts.toByteArray()).isEqualTo(bytes.toByteArray());
        assertThat(Pairs.map(Facts.parseFrom(bytes.toByteArray()).getFactsList()))
                .isEqualTo(Map.of("os", "linux"));
    }
}
