package io.lodisc.standalone;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.lodisc.standalone.openapi.CheckedIn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** docs/openapi.json: what the API says of its bodies, and an example of each. */
final class Contract {

  private static final String SCHEMA = "#/components/schemas/";
  private static final int LONGEST = 2;
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /**
   * A JSON body of an operation.
   *
   * @param name such as {@code POST /api/v1/jobs 201}
   * @param content has its schema and example
   */
  record Body(String name, ObjectNode content) {

    /** Makes a value the example, what is long in it left out. */
    void show(JsonNode value) {
      content.set("example", trimmed(value.deepCopy()));
    }
  }

  private final ObjectNode document;
  private final ObjectNode strict;

  Contract(ObjectNode document) {
    this.document = document;
    this.strict = document.deepCopy();
    close(strict.path("components").path("schemas"));
  }

  static Contract read() throws IOException {
    return new Contract(CheckedIn.read());
  }

  void write() throws IOException {
    CheckedIn.write(document);
  }

  /** The bodies of all requests and of all answers without an error, in the document's order. */
  List<Body> bodies() {
    List<Body> bodies = new ArrayList<>();
    document
        .path("paths")
        .forEachEntry(
            (path, methods) ->
                methods.forEachEntry(
                    (method, operation) -> {
                      String name = method.toUpperCase() + " " + path;
                      json(operation.path("requestBody"))
                          .ifPresent(c -> bodies.add(new Body(name, c)));
                      operation
                          .path("responses")
                          .forEachEntry(
                              (status, response) -> {
                                if (status.startsWith("2")) {
                                  json(response)
                                      .ifPresent(c -> bodies.add(new Body(name + " " + status, c)));
                                }
                              });
                    }));
    return bodies;
  }

  /** What a request must be. */
  Optional<Body> request(String method, String pattern) {
    return json(operation(method, pattern).path("requestBody"))
        .map(content -> new Body(method + " " + pattern, content));
  }

  /** What an answer of that status must be. */
  Optional<Body> response(String method, String pattern, int status) {
    JsonNode responses = operation(method, pattern).path("responses");
    for (String key : List.of(String.valueOf(status), status / 100 + "XX", "default")) {
      if (responses.has(key)) {
        return json(responses.path(key))
            .map(content -> new Body(method + " " + pattern + " " + status, content));
      }
    }
    return Optional.empty();
  }

  /** What is wrong with a value; fields that the schema does not name are, too. */
  List<String> errors(Body body, JsonNode value) {
    ObjectNode schema = (ObjectNode) body.content().path("schema").deepCopy();
    schema.set("components", strict.path("components"));
    return SCHEMAS
        .getSchema(schema)
        .validate(value, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .map(error -> body.name() + ": " + error)
        .toList();
  }

  /** Cuts arrays; nothing of it tells where this checkout is. */
  private static JsonNode trimmed(JsonNode value) {
    String text = value.toString().replace(Home.PROJECT.toString(), "/srv/lodisc");
    JsonNode shown = JsonMapper.shared().readTree(text);
    shorten(shown);
    return shown;
  }

  private static void shorten(JsonNode value) {
    if (value instanceof ArrayNode array) {
      while (array.size() > LONGEST) {
        array.remove(array.size() - 1);
      }
    }
    value.forEach(Contract::shorten);
  }

  private JsonNode operation(String method, String pattern) {
    return document.path("paths").path(pattern.replace("{*", "{")).path(method.toLowerCase());
  }

  private Optional<ObjectNode> json(JsonNode body) {
    JsonNode known =
        body.has("$ref") ? document.at(body.path("$ref").asString().substring(1)) : body;
    return known
        .path("content")
        .propertyStream()
        .filter(content -> Recorder.isJson(content.getKey()))
        .map(content -> (ObjectNode) content.getValue())
        .findFirst();
  }

  /** Lets no object have more properties than are named, in a schema or in all its parts. */
  private static void close(JsonNode schemas) {
    Set<String> parts =
        schemas.findValues("allOf").stream()
            .flatMap(all -> all.findValuesAsString("$ref").stream())
            .map(reference -> reference.substring(SCHEMA.length()))
            .collect(Collectors.toSet());
    schemas.forEachEntry(
        (name, schema) -> {
          if (!parts.contains(name)) {
            closeAll(schema);
          }
        });
  }

  private static void closeAll(JsonNode schema) {
    if (!(schema instanceof ObjectNode object)) {
      schema.forEach(Contract::closeAll);
    } else if (object.has("allOf")) {
      object.put("unevaluatedProperties", false);
    } else {
      object.forEach(Contract::closeAll);
      if (object.path("properties").isObject() && !object.has("additionalProperties")) {
        object.put("unevaluatedProperties", false);
      }
    }
  }
}
