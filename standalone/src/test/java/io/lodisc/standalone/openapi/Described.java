package io.lodisc.standalone.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a document says of requests and answers. */
final class Described {

  private final JsonNode document;

  Described(JsonNode document) {
    this.document = document;
  }

  /**
   * Fails unless an answer is as described, and has no field that is not.
   *
   * @param operation such as {@code GET /api/v1/jobs/{id}}
   * @param type without parameters; empty for no body
   */
  void answer(String operation, int status, String type, String body) {
    String name = "%s: %d %s".formatted(operation, status, type);
    String[] parts = operation.split(" ", 2);
    JsonNode response =
        resolved(
            document
                .path("paths")
                .path(parts[1])
                .path(parts[0].toLowerCase())
                .path("responses")
                .path(String.valueOf(status)));
    assertThat(response.isObject()).as(name + " is described: " + body).isTrue();
    JsonNode content = response.path("content");
    if (type.isEmpty()) {
      assertThat(content.isMissingNode()).as(name).isTrue();
      return;
    }
    assertThat(content.propertyNames())
        .as(name)
        .containsAnyOf(type, type.replaceAll("/.*", "/*"), "*/*");
    if (type.endsWith("json")) {
      assertThat(wrong(content.path(type).path("schema"), JsonMapper.shared().readTree(body), true))
          .as(name + "\n" + body)
          .isEmpty();
    }
  }

  /** What is wrong with the examples of JSON bodies, none of which may have an unknown field. */
  List<String> wrongExamples() {
    List<String> wrong = new ArrayList<>();
    addWrong("", document.path("paths"), wrong);
    return wrong;
  }

  private void addWrong(String path, JsonNode node, List<String> wrong) {
    if (path.endsWith("json") && node.has("schema")) {
      List<JsonNode> examples = new ArrayList<>();
      node.path("examples").values().forEach(one -> examples.add(resolved(one).path("value")));
      if (node.has("example")) {
        examples.add(node.get("example"));
      }
      boolean isResponse = path.contains("/responses/");
      for (JsonNode example : examples) {
        wrong(node.get("schema"), example, isResponse).forEach(one -> wrong.add(path + ": " + one));
      }
      return;
    }
    node.properties().forEach(p -> addWrong(path + "/" + p.getKey(), p.getValue(), wrong));
  }

  /**
   * @param strict refuses fields that no schema names; of requests some schemas are sums of others
   */
  private List<String> wrong(JsonNode schema, JsonNode value, boolean strict) {
    ObjectNode whole = JsonMapper.shared().createObjectNode();
    whole.set("components", document.get("components").deepCopy());
    whole.set("allOf", JsonMapper.shared().createArrayNode().add(schema));
    if (strict) {
      close(whole.get("components"));
    }
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole);
    return compiled.validate(value).stream().map(Object::toString).toList();
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.values().forEach(Described::close);
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }
}
