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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/**
 * What the code of the services does not tell, laid over what it does: {@code
 * openapi/overlay.json}. Its fragments are those of the document, merged as RFC 7396 has it, but
 * that {@code required} adds, and that parameters are there by their names. Two words of an
 * operation are its own: {@code success}, the status in place of 200, and {@code problems},
 * statuses beside those that every operation of its kind may have.
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
    return Json31.mapper()
        .convertValue(json.get("names"), Json31.mapper().constructType(Map.class));
  }

  /**
   * Lays it over a document.
   *
   * @throws IllegalStateException if it names an operation that there is not
   */
  void layOver(ObjectNode document) {
    Set<String> left = new TreeSet<>();
    json.get("operations").fieldNames().forEachRemaining(left::add);
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String name = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        layOver(name, (ObjectNode) method.getValue());
        left.remove(name);
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException("There is no operation " + String.join(", ", left));
    }
    ObjectNode components = document.withObjectProperty("components");
    merge(components, json.get("components"));
    components.set("responses", problems());
  }

  private void layOver(String name, ObjectNode operation) {
    ObjectNode own = ((ObjectNode) json.get("operations")).withObjectProperty(name).deepCopy();
    String tag = name.substring(name.indexOf(API) + API.length()).split("[/:]")[0];
    JsonNode parameters = own.remove("parameters");
    JsonNode success = own.remove("success");
    JsonNode problems = own.remove("problems");
    operation.putArray("tags").add(tag);
    if (operation.path("description").equals(operation.path("summary"))) {
      operation.remove("description");
    }
    if (success != null) {
      succeed(operation, success.asText());
    }
    merge(operation, own);
    moveIntoForm(operation);
    Set<String> statuses = problems(name, operation);
    if (problems != null) {
      statuses.addAll(Arrays.asList(problems.asText().split(" ")));
    }
    ObjectNode responses = operation.withObjectProperty("responses");
    statuses.forEach(
        status -> responses.putObject(status).put("$ref", "#/components/responses/" + status));
    parameters(operation, tag, parameters);
  }

  /** Springdoc takes the fields of a form, but for its files, for parameters of the query. */
  private static void moveIntoForm(ObjectNode operation) {
    JsonNode form = operation.at("/requestBody/content").path(FORM).path("schema");
    if (!(form instanceof ObjectNode schema)) {
      return;
    }
    operation.withObjectProperty("requestBody").put("required", true);
    if (schema.has("$ref")) {
      return;
    }
    ObjectNode fields = schema.withObjectProperty("properties");
    for (Iterator<JsonNode> all = operation.path("parameters").iterator(); all.hasNext(); ) {
      JsonNode parameter = all.next();
      if (parameter.get("in").asText().equals("query")) {
        String name = parameter.get("name").asText();
        ObjectNode field = parameter.get("schema").deepCopy();
        field.set("description", parameter.get("description"));
        merge(field, fields.path(name));
        fields.set(name, field);
        all.remove();
      }
    }
  }

  private void parameters(ObjectNode operation, String tag, JsonNode own) {
    Map<String, ObjectNode> all = new TreeMap<>();
    for (JsonNode parameter : operation.path("parameters")) {
      all.put(parameter.get("name").asText(), (ObjectNode) parameter);
    }
    if (own != null) {
      for (Map.Entry<String, JsonNode> one : own.properties()) {
        if (one.getValue().isNull()) {
          all.remove(one.getKey());
        } else {
          merge(
              all.computeIfAbsent(
                  one.getKey(), name -> Json31.mapper().createObjectNode().put("name", name)),
              one.getValue());
        }
      }
    }
    operation.remove("parameters");
    all.forEach(
        (name, parameter) -> {
          merge(parameter, json.get("parameters").path(name));
          merge(parameter, json.get("parameters").path(tag + "/" + name));
          operation.withArrayProperty("parameters").add(parameter);
        });
  }

  private static void succeed(ObjectNode operation, String status) {
    ObjectNode responses = operation.withObjectProperty("responses");
    ObjectNode response = (ObjectNode) responses.remove("200");
    if (response.get("description").asText().equals(HttpStatus.OK.getReasonPhrase())) {
      response.put("description", HttpStatus.valueOf(Integer.parseInt(status)).getReasonPhrase());
    }
    response
        .withObjectProperty("headers")
        .putObject("Location")
        .put("$ref", "#/components/headers/Location");
    responses.set(status, response);
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
    if (operation.at("/requestBody/content").has(FORM)) {
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
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      JsonNode value = field.getValue();
      JsonNode before = onto.get(field.getKey());
      if (value.isNull()) {
        onto.remove(field.getKey());
      } else if (value.isObject()) {
        merge(onto.withObjectProperty(field.getKey()), value);
      } else if (field.getKey().equals("required") && before instanceof ArrayNode required) {
        value.forEach(required::add);
      } else {
        onto.set(field.getKey(), value);
      }
    }
  }
}
