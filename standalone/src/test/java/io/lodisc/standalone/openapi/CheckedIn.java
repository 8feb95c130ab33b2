package io.lodisc.standalone.openapi;

import io.lodisc.standalone.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code docs/openapi.json}. Its examples are written into it by others, and stay. */
public final class CheckedIn {

  private static final Path FILE = Home.PROJECT.resolve("docs/openapi.json");
  private static final Set<String> EXAMPLES = Set.of("example", "examples");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private CheckedIn() {}

  public static ObjectNode read() throws IOException {
    return (ObjectNode) JSON.readTree(Files.readString(FILE));
  }

  public static void write(ObjectNode document) throws IOException {
    Files.writeString(FILE, text(document) + "\n");
  }

  /** Sorted by keys. */
  static String text(JsonNode document) {
    return JSON.writeValueAsString(JSON.treeToValue(document, Object.class));
  }

  /** The first line that is not the same, examples apart; empty if none is. */
  static String firstDifference(ObjectNode checkedIn, ObjectNode document) {
    List<String> before = text(withoutExamples(checkedIn, document)).lines().toList();
    List<String> after = text(document).lines().toList();
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      String was = i < before.size() ? before.get(i).strip() : "";
      String is = i < after.size() ? after.get(i).strip() : "";
      if (!was.equals(is)) {
        return "line %d: %s where the API has %s".formatted(i + 1, was, is);
      }
    }
    return "";
  }

  /** The document as it is without the examples that the other lacks. */
  static ObjectNode withoutExamples(ObjectNode document, JsonNode other) {
    ObjectNode without = document.deepCopy();
    removeExamples(without, other);
    return without;
  }

  /** The document with the examples that the other has of what is in both. */
  static ObjectNode withExamples(ObjectNode document, JsonNode other) {
    ObjectNode with = document.deepCopy();
    addExamples(other, with);
    return with;
  }

  private static void removeExamples(JsonNode from, JsonNode other) {
    if (from instanceof ObjectNode object) {
      EXAMPLES.stream().filter(name -> !other.has(name)).forEach(object::remove);
      object.properties().forEach(p -> removeExamples(p.getValue(), other.path(p.getKey())));
    }
    for (int i = 0; i < from.size() && from.isArray(); i++) {
      removeExamples(from.get(i), other.path(i));
    }
  }

  private static void addExamples(JsonNode of, JsonNode in) {
    if (in instanceof ObjectNode object) {
      EXAMPLES.stream()
          .filter(name -> of.has(name) && !in.has(name))
          .forEach(name -> object.set(name, of.get(name)));
      object.properties().forEach(p -> addExamples(of.path(p.getKey()), p.getValue()));
    }
    for (int i = 0; i < in.size() && in.isArray(); i++) {
      addExamples(of.path(i), in.get(i));
    }
  }
}
