package dev.millwright.node.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.node.NodeException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {
    private static final String ALL =
            """
            {"text":"a \\"b\\" \\u00fc\\n","none":null,"yes":true,"no":false,"int":7,
             "long":9007199254740993,"real":1.5e-3,
             "list":[1,[],{},"x",null],"map":{"z":1,"a":{"b":[2.0]}},"":""}
            """;

    @Test
    void treesAreThoseOfDataBinding() {
        Object bound =
                JsonMapper.builder()
                        .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                        .build()
                        .readValue(ALL, Map.class);
        assertThat(JsonText.read(ALL)).isEqualTo(bound);
        assertThat(JsonText.object(ALL).parts().keySet())
                .containsExactly(
                        "text", "none", "yes", "no", "int", "long", "real", "list", "map", "");
    }

    @Test
    void numbersMayBeLongerThanLong() {
        String huge = "123456789012345678901234567890";
        assertThat(JsonText.read(huge)).isEqualTo(new BigInteger(huge));
    }

    @Test
    void whatIsWrittenIsWhatDataBindingWrites() {
        Map<String, Object> tree =
                Map.of(
                        "all",
                        Arrays.asList(
                                "a \"b\" ü\n\u2028",
                                1,
                                2L,
                                new BigInteger("9".repeat(30)),
                                0.1,
                                1.5f,
                                true,
                                null,
                                List.of(),
                                Map.of("k", "v")));
        assertThat(JsonText.write(tree)).isEqualTo(new JsonMapper().writeValueAsString(tree));
        assertThat(JsonText.read(JsonText.write("text"))).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "[1", "{\"a\"}", "{\"a\":}", "1 2", "{} {}", "nul", "'a'"})
    void whatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> JsonText.read(text)).isInstanceOf(JacksonException.class);
    }

    @Test
    void aHundredThousandBracketsAreRefused() {
        assertThatThrownBy(() -> JsonText.read("[".repeat(100_000)))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void whatHasNoPlaceInJsonIsNotWritten() {
        assertThatThrownBy(() -> JsonText.write(List.of(new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON has no java.lang.Object");
    }

    @Test
    void partsThatAreSomethingElseAreNamed() {
        JsonObject object = JsonText.object(ALL);
        assertThat(object.text("text")).startsWith("a \"b\"");
        assertThat(object.number("long")).isEqualTo(9_007_199_254_740_993L);
        assertThat(object.textOrNull("none")).isNull();
        assertThat(object.textOrNull("nowhere")).isNull();
        assertThat(object.numberOrNull("none")).isNull();
        assertThat(object.objectOrNull("none")).isNull();
        assertThat(object.flag("yes")).isTrue();
        assertThat(object.object("map").number("z")).isEqualTo(1);
        assertThatThrownBy(() -> object.text("int")).hasMessage("'int' is no text");
        assertThatThrownBy(() -> object.number("real")).hasMessage("'real' is no whole number");
        assertThatThrownBy(() -> object.flag("text")).hasMessage("'text' is no truth");
        assertThatThrownBy(() -> object.object("list")).hasMessage("'list' is no object");
        assertThatThrownBy(() -> object.texts("list")).hasMessage("'list' is no text");
        assertThatThrownBy(() -> object.objects("list")).hasMessage("'list' is no object");
        assertThatThrownBy(() -> object.texts("map")).hasMessage("'map' is no list");
        assertThat(object.object("map").allValues()).containsKeys("z", "a");
        assertThatThrownBy(object::allValues).hasMessage("'none' is no value");
        assertThatThrownBy(object::allTexts).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> JsonText.object("[]")).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> JsonText.objects("{}")).isInstanceOf(NodeException.class);
    }
}
