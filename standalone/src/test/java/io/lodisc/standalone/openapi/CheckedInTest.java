package io.lodisc.standalone.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CheckedInTest {

  private static final ObjectNode GENERATED =
      json("{'paths': {'/a': [{'schema': {'type': 'string', 'example': 'own'}}]}}");

  private static final ObjectNode CHECKED_IN =
      json(
          """
          {'paths': {'/a': [{'schema': {'type': 'string', 'example': 'own'}, 'examples': {'one': 1}}],
                     '/gone': {'example': 2}}}
          """);

  @Test
  void examplesThatAreWrittenByOthersAreNoDifference() {
    assertThat(CheckedIn.withoutExamples(CHECKED_IN, GENERATED))
        .isEqualTo(
            json(
                "{'paths': {'/a': [{'schema': {'type': 'string', 'example': 'own'}}], '/gone': {}}}"));
  }

  @Test
  void examplesStayWithWhatIsStillThere() {
    assertThat(CheckedIn.withExamples(GENERATED, CHECKED_IN))
        .isEqualTo(
            json(
                """
                {'paths': {'/a': [{'schema': {'type': 'string', 'example': 'own'},
                                   'examples': {'one': 1}}]}}
                """));
  }

  @Test
  void theFirstDifferenceIsToldByItsLine() {
    assertThat(CheckedIn.firstDifference(json("{'a': 1, 'example': 2}"), json("{'a': 1}")))
        .isEmpty();
    assertThat(CheckedIn.firstDifference(json("{'a': 1}"), json("{'a': 3}")))
        .isEqualTo("line 2: \"a\" : 1 where the API has \"a\" : 3");
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
