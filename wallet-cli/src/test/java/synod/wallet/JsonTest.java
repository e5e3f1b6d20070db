package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void writesWhatItRead() {
        String text = "{\"a\":[1,-2,{\"b\":\"c \\\" \\u0007\"}],\"d\":true,\"e\":null,\"f\":1.5,\"g\":{}}";

        assertThat(Json.parseObject(text).toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1]",
                "{\"a\":1} {",
                "{\"a\":1,\"a\":2}",
                "{\"a\":99999999999999999999}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":NaN}"
            })
    void refusesWhatIsNoSingleObject(String text) {
        assertThatThrownBy(() -> Json.parseObject(text)).isInstanceOf(JsonShapeException.class);
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThatThrownBy(() -> Json.parseObject("{\"a\":" + "[".repeat(100_000)))
                .isInstanceOf(JsonShapeException.class);
    }

    @Test
    void namesTheFieldThatIsMissingOrOfAnotherKind() {
        JsonObject object = Json.parseObject("{\"height\":\"7\",\"list\":[1]}");

        assertThatThrownBy(() -> object.number("height")).hasMessage("field 'height' is not a whole number");
        assertThatThrownBy(() -> object.text("id")).hasMessage("field 'id' is missing");
        assertThatThrownBy(() -> object.objects("list")).hasMessage("an item of 'list' is not an object");
    }
}
