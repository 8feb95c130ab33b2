package io.lodisc.standalone.openapi;

import static org.openapitools.openapidiff.core.model.BackwardIncompatibleProp.OPERATION_ID_CHANGED;
import static org.openapitools.openapidiff.core.model.BackwardIncompatibleProp.REQUEST_MIN_LENGTH_INCREASED;

import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.ConsoleRender;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What became different between two documents of an API. */
final class Changes {

  private static final Map<String, String> EXCLUSIVE =
      Map.of("exclusiveMinimum", "minimum", "exclusiveMaximum", "maximum");

  private static final OpenApiDiffOptions OPTIONS =
      OpenApiDiffOptions.builder()
          .configProperty(OPERATION_ID_CHANGED.getPropertyName(), "true")
          .configProperty(REQUEST_MIN_LENGTH_INCREASED.getPropertyName(), "true")
          .build();

  private final ChangedOpenApi changes;
  private final Set<String> gone = new TreeSet<>();

  private Changes(JsonNode before, JsonNode after) {
    changes = OpenApiCompare.fromContents(as30(before), as30(after), null, OPTIONS);
    addGone("", before, after);
  }

  static Changes between(JsonNode before, JsonNode after) {
    return new Changes(before, after);
  }

  /** Whether a client of the document before may fail with the one after. */
  boolean areBreaking() {
    return changes.isIncompatible() || !gone.isEmpty();
  }

  /** In words. */
  @Override
  public String toString() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ConsoleRender().render(changes, new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8)
        + (gone.isEmpty() ? "" : "Properties that are gone: " + String.join(", ", gone));
  }

  /**
   * Of properties the comparison misses only those that a response must have. Here a request with
   * one that is gone is refused, and who reads one that a response may have must find it.
   */
  private void addGone(String path, JsonNode before, JsonNode after) {
    for (Map.Entry<String, JsonNode> child : before.properties()) {
      String name = path + "/" + child.getKey();
      if (after.has(child.getKey())) {
        addGone(name, child.getValue(), after.get(child.getKey()));
      } else if (path.endsWith("/properties")) {
        gone.add(name);
      }
    }
    for (int i = 0; i < before.size() && before.isArray() && after.isArray(); i++) {
      addGone(path + "/" + i, before.get(i), after.path(i));
    }
  }

  /** The comparison knows types, arrays and allOf as OpenAPI 3.0 writes them alone. */
  private static String as30(JsonNode document) {
    ObjectNode old = (ObjectNode) document.deepCopy();
    old.put("openapi", "3.0.3");
    downgrade(old);
    return JsonMapper.shared().writeValueAsString(old);
  }

  private static void downgrade(JsonNode node) {
    if (node instanceof ObjectNode object) {
      EXCLUSIVE.forEach(
          (exclusive, bound) -> {
            if (object.path(exclusive).isNumber()) {
              object.set(bound, object.get(exclusive));
              object.put(exclusive, true);
            }
          });
    }
    List.copyOf(node.values()).forEach(Changes::downgrade);
  }
}
