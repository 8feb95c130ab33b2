package io.lodisc.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonWordsTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  enum Shade {
    @JsonProperty("very-dark")
    DARK,
    @JsonProperty("light")
    LIGHT
  }

  record Part(int[] sizes, float[] weights) {
    Part {
      if (sizes != null && sizes.length > 2) {
        throw new IllegalArgumentException("sizes must be at most 2");
      }
    }
  }

  record Whole(
      String name,
      Shade shade,
      int count,
      Long large,
      Double share,
      boolean on,
      Map<String, String> notes,
      List<Part> parts) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                            | It must be an object.
          3                             | It must be an object.
          {"name": []}                  | 'name' must be text.
          {"shade": "blue"}             | 'shade' must be one of very-dark, light.
          {"shade": {}}                 | 'shade' must be one of very-dark, light.
          {"count": "three"}            | 'count' must be a whole number.
          {"count": 99999999999}        | The number in 'count' is out of range.
          {"large": []}                 | 'large' must be a whole number.
          {"share": {}}                 | 'share' must be a number.
          {"on": "maybe"}               | 'on' must be true or false.
          {"notes": "none"}             | 'notes' must be an object.
          {"parts": {}}                 | 'parts' must be a list.
          {"parts": [{}, 7]}            | 'parts[1]' must be an object.
          {"parts": [{"sizes": "a"}]}   | 'parts[0].sizes' must be a list.
          {"parts": [{"weights": true}]} | 'parts[0].weights' must be a list.
          {"parts": [{"sizes": [1, 2, 3]}]} | parts[0].sizes must be at most 2.
          {"parts": [{"sizs": []}]}     | There is no field 'parts[0].sizs'.
          {"name":                      | It is no valid JSON: see line 1, column 9.
          {"share": NaN}                | It is no valid JSON: see line 1, column 14.
          """)
  void namesTheFieldAndWhatItMustHold(String json, String words) {
    JacksonException wrong =
        catchThrowableOfType(JacksonException.class, () -> JSON.readValue(json, Whole.class));

    assertThat(JsonWords.of(wrong)).isEqualTo(words);
  }
}
