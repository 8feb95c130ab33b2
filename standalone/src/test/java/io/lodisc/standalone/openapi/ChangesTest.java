package io.lodisc.standalone.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** On the document that is checked in, changed in one place. */
class ChangesTest {

  @Test
  void nothingChanged() throws Exception {
    assertThat(changesBy(document -> {}).areBreaking()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breaking")
  void aBreakingChange(String what, Consumer<ObjectNode> change) throws Exception {
    Changes changes = changesBy(change);
    assertThat(changes.areBreaking()).as(changes.toString()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void aHarmlessChange(String what, Consumer<ObjectNode> change) throws Exception {
    Changes changes = changesBy(change);
    assertThat(changes.areBreaking()).as(changes.toString()).isFalse();
  }

  static Stream<Arguments> breaking() {
    return Stream.of(
        change("a path is gone", d -> paths(d).remove("/api/v1/audit")),
        change("an operation is gone", d -> at(d, "/paths/~1api~1v1~1jobs").remove("get")),
        change(
            "a status is gone", d -> at(d, "/paths/~1api~1v1~1jobs/post/responses").remove("201")),
        change(
            "a media type of a response is gone",
            d ->
                at(d, "/paths/~1api~1v1~1jobs~1{id}~1metrics/get/responses/200/content")
                    .remove("text/csv")),
        change(
            "a media type of a request is gone",
            d ->
                at(d, "/paths/~1api~1v1~1datasets/post/requestBody/content")
                    .remove("multipart/form-data")),
        change(
            "a parameter is gone",
            d -> ((ArrayNode) d.at("/paths/~1api~1v1~1audit/get/parameters")).remove(0)),
        change(
            "a parameter becomes required",
            d -> at(d, "/paths/~1api~1v1~1audit/get/parameters/0").put("required", true)),
        change(
            "a required parameter is new",
            d ->
                ((ArrayNode) d.at("/paths/~1api~1v1~1audit/get/parameters"))
                    .addObject()
                    .put("name", "new")
                    .put("in", "query")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string")),
        change(
            "a parameter's type changes",
            d -> at(d, "/paths/~1api~1v1~1audit/get/parameters/1/schema").put("type", "string")),
        change(
            "a parameter's bound is narrower",
            d -> at(d, "/paths/~1api~1v1~1audit/get/parameters/1/schema").put("maximum", 10)),
        change(
            "a property of a response is gone", d -> properties(d, "Collection").remove("model")),
        change(
            "a property that a response may have is gone",
            d -> properties(d, "Job").remove("worker")),
        change(
            "a property of a form is gone",
            d ->
                at(
                        d,
                        "/paths/~1api~1v1~1embeddings/post/requestBody/content/multipart~1form-data/schema/properties")
                    .remove("model")),
        change(
            "an operation has another name",
            d -> at(d, "/paths/~1api~1v1~1audit/get").put("operationId", "audit")),
        change(
            "a property of a response may be left out",
            d -> ((ArrayNode) schema(d, "Collection").get("required")).remove(0)),
        change(
            "a property of a response has another type",
            d -> ((ObjectNode) properties(d, "Collection").get("items")).put("type", "string")),
        change(
            "a property deep in a response is gone",
            d -> properties(d, "SearchResult").remove("score")),
        change(
            "what a list of a response holds changes",
            d -> ((ObjectNode) properties(d, "Job").at("/warnings/items")).put("type", "integer")),
        change(
            "a response gets a new value of an enum",
            d -> ((ArrayNode) properties(d, "Job").at("/state/enum")).add("LOST")),
        change(
            "a required property of a request is new",
            d -> {
              properties(d, "NewCollection").putObject("kind").put("type", "string");
              ((ArrayNode) schema(d, "NewCollection").get("required")).add("kind");
            }),
        change(
            "a property of a request becomes required",
            d -> ((ArrayNode) schema(d, "NewCollection").get("required")).add("model")),
        change(
            "a property of a request is gone", d -> properties(d, "NewCollection").remove("model")),
        change(
            "a request takes fewer values of an enum",
            d -> ((ArrayNode) properties(d, "TrainingSettings").at("/mask/enum")).remove(0)),
        change(
            "a property of one kind of job becomes required",
            d ->
                ((ArrayNode) d.at("/components/schemas/EvaluateRequest/allOf/1/required"))
                    .add("seed")),
        change(
            "a kind of job is gone",
            d -> ((ArrayNode) d.at("/components/schemas/JobRequest/oneOf")).remove(2)),
        change(
            "a field of a form becomes required",
            d ->
                ((ArrayNode)
                        d.at(
                            "/paths/~1api~1v1~1embeddings/post/requestBody/content/multipart~1form-data/schema/required"))
                    .add("model")));
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        change("a path is new", d -> paths(d).set("/api/v1/new", paths(d).get("/api/v1/audit"))),
        change(
            "a parameter is new",
            d ->
                ((ArrayNode) d.at("/paths/~1api~1v1~1audit/get/parameters"))
                    .addObject()
                    .put("name", "new")
                    .put("in", "query")
                    .putObject("schema")
                    .put("type", "string")),
        change(
            "a property of a response is new",
            d -> properties(d, "Collection").putObject("owner").put("type", "string")),
        change(
            "a property of a request is new",
            d -> properties(d, "NewCollection").putObject("kind").put("type", "string")),
        change(
            "a request takes more values of an enum",
            d -> ((ArrayNode) properties(d, "TrainingSettings").at("/mask/enum")).add("circle")),
        change(
            "a status is new",
            d ->
                at(d, "/paths/~1api~1v1~1jobs/post/responses")
                    .putObject("418")
                    .put("description", "A teapot")),
        change(
            "other words",
            d ->
                properties(d, "Collection")
                    .withObject("/model")
                    .put("description", "in other words")));
  }

  private static Arguments change(String what, Consumer<ObjectNode> change) {
    return Arguments.of(what, change);
  }

  private static Changes changesBy(Consumer<ObjectNode> change) throws Exception {
    ObjectNode after = CheckedIn.read();
    change.accept(after);
    return Changes.between(CheckedIn.read(), after);
  }

  private static ObjectNode paths(JsonNode document) {
    return (ObjectNode) document.get("paths");
  }

  private static ObjectNode at(JsonNode document, String pointer) {
    return (ObjectNode) document.at(pointer);
  }

  private static ObjectNode schema(JsonNode document, String name) {
    return at(document, "/components/schemas/" + name);
  }

  private static ObjectNode properties(JsonNode document, String name) {
    return at(document, "/components/schemas/" + name + "/properties");
  }
}
