package dev.millwright.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 KiB",
        "512, 0.5 KiB",
        "2024, 1.9 KiB",
        "268435456, 256 MiB",
        "268435455, 255.9 MiB",
        "1073741823, 1023.9 MiB",
        "10737418240, 10 GiB",
        "10737418241, 10 GiB",
        "9223372036854775807, 8589934591.9 GiB"
    })
    void peopleReadNoMoreThanThereIs(long bytes, String words) {
        assertThat(Bytes.words(bytes)).isEqualTo(words);
    }
}
