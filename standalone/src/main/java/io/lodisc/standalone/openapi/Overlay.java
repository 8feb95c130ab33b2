package io.lodisc.standalone.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lodisc.web.Problem;
import io.swagger.v3.core.util.Json31;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/**
 * What the code of the services does not tell, laid over what it does: {@code
 * openapi/overlay.json}. Its fragments are those of the document, merged as RFC 7396 has it, but
 * for parameters, which are there by their names, and two words of an operation: {@code success},
 * the status in place of 200, and {@code problems}, statuses beside those that every operation of
 * its kind may have.
 */
final class Overlay {

  private static final String FORM = "multipart/form-data";
  private static final String PROBLEM = "application/problem+json";
  private static final String API = "/api/v1/";

  private final ObjectNode json;

  private Overlay(ObjectNode json) {
    this.json = json;
  }

  static Overlay read() {
    try (InputStream in = Overlay.class.getResourceAsStream("/openapi/overlay.json")) {
      return new Overlay((ObjectNode) Json31.mapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of schemas by the names of classes. */
  Map<String, String> names() {
    return Json31.mapper().convertValue(json.get("names"), Json31.mapper().constructType(Map.class));
  }

  /**
   * Lays it over a document.
   *
   * @throws IllegalStateException if it names an operation that there is not
   */
  void layOver(ObjectNode document) {
    Set<String> left = new TreeSet<>();
    json.get("operations").fieldNames().forEachRemaining(left::add);
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          String name = method.getKey().toUpperCase() + " " + path.getKey();
                          layOver(name, (ObjectNode) method.getValue());
                          left.remove(name);
                        }));
    if (!left.isEmpty()) {
      throw new IllegalStateException("There is no operation " + String.join(", ", left));
    }
    ObjectNode components = document.withObjectProperty("components");
    merge(components, json.get("components"));
    components.set("responses", problems());
  }

  private void layOver(String name, ObjectNode operation) {
    ObjectNode own = json.get("operations").withObjectProperty(name).deepCopy();
    String tag = name.substring(name.indexOf(API) + API.length()).split("[/:]")[0];
    operation.putArray("tags").add(tag);
    moveIntoForm(operation);
    parameters(operation, tag, own.remove("parameters"));
    succeed(operation, own.path("success").asText());
    own.remove("success");
    Set<String> problems = problems(name, operation);
    problems.addAll(Arrays.asList(own.path("problems").asText("500").split(" ")));
    own.remove("problems");
    merge(operation, own);
    ObjectNode responses = operation.withObjectProperty("responses");
    problems.forEach(
        status -> responses.putObject(status).put("$ref", "#/components/responses/" + status));
  }

  /** Springdoc takes the fields of a form, but for its files, for parameters of the query. */
  private static void moveIntoForm(ObjectNode operation) {
    JsonNode form = operation.at("/requestBody/content/multipart~1form-data/schema");
    boolean embedding = false;
    if (!(form instanceof ObjectNode schema) || schema.has("$ref")) {
      return;
    }
    ObjectNode fields = schema.withObjectProperty("properties");
    for (Iterator<JsonNode> all = operation.path("parameters").iterator(); all.hasNext(); ) {
      JsonNode parameter = all.next();
      if (parameter.get("in").asText().equals("query")) {
        ObjectNode field = parameter.get("schema").deepCopy();
        if (parameter.has("description")) {
          field.set("description", parameter.get("description"));
        }
        fields.set(parameter.get("name").asText(), field);
        all.remove();
      }
    }
    operation.withObjectProperty("requestBody").put("required", true);
  }

  private void parameters(ObjectNode operation, String tag, JsonNode own) {
    Map<String, ObjectNode> all = new TreeMap<>();
    operation
        .path("parameters")
        .forEach(parameter -> all.put(parameter.get("name").asText(), (ObjectNode) parameter));
    if (own != null) {
      own.properties()
          .forEach(
              one -> {
                if (one.getValue().isNull()) {
                  all.remove(one.getKey());
                } else {
                  merge(
                      all.computeIfAbsent(
                          one.getKey(),
                          key -> Json31.mapper().createObjectNode().put("name", key)),
                      one.getValue());
                }
              });
    }
    all.forEach(
        (name, parameter) -> {
          merge(parameter, json.get("parameters").path(name));
          merge(parameter, json.get("parameters").path(tag + "/" + name));
        });
    operation.remove("parameters");
    if (!all.isEmpty()) {
      ArrayNode sorted = operation.putArray("parameters");
      all.values().forEach(sorted::add);
    }
  }

  private static void succeed(ObjectNode operation, String status) {
    if (!status.isEmpty()) {
      ObjectNode responses = operation.withObjectProperty("responses");
      ObjectNode response = (ObjectNode) responses.remove("200");
      if (response.get("description").asText().equals("OK")) {
        response.put("description", HttpStatus.valueOf(Integer.parseInt(status)).getReasonPhrase());
      }
      response
          .putObject("headers")
          .putObject("Location")
          .put("$ref", "#/components/headers/Location");
      responses.set(status, response);
    }
  }

  private static Set<String> problems(String name, ObjectNode operation) {
    Set<String> statuses = new TreeSet<>(Set.of("500", "503"));
    boolean body = operation.has("requestBody");
    if (name.contains("{")) {
      statuses.add("404");
    }
    if (body || operation.findValuesAsText("in").stream().anyMatch(in -> !in.equals("path"))) {
      statuses.add("400");
    }
    if (body) {
      statuses.add("415");
    }
    if (operation.path("requestBody").path("content").has(FORM)) {
      statuses.addAll(Set.of("413", "422"));
    }
    return statuses;
  }

  /** A response a status, with the types that it may have. */
  private static ObjectNode problems() {
    Map<Integer, String> types =
        Arrays.stream(Problem.values())
            .collect(
                Collectors.groupingBy(
                    problem -> problem.status().value(),
                    TreeMap::new,
                    Collectors.mapping(
                        problem -> "`%s`".formatted(problem.type()), Collectors.joining(", "))));
    types.put(415, "`%s`".formatted(Problem.INVALID_REQUEST.type()));
    ObjectNode responses = Json31.mapper().createObjectNode();
    types.forEach(
        (status, urns) -> {
          ObjectNode response = responses.putObject(String.valueOf(status));
          response.put(
              "description", HttpStatus.valueOf(status).getReasonPhrase() + ": " + urns + ".");
          response
              .putObject("content")
              .putObject(PROBLEM)
              .putObject("schema")
              .put("$ref", "#/components/schemas/Problem");
        });
    return responses;
  }

  private static void merge(ObjectNode onto, JsonNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNull()) {
                onto.remove(field.getKey());
              } else if (field.getValue().isObject()) {
                merge(onto.withObjectProperty(field.getKey()), field.getValue());
              } else {
                onto.set(field.getKey(), field.getValue());
              }
            });
  }
}
