package io.lodisc.deployment.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import io.fabric8.zjsonpatch.DiffFlags;
import io.fabric8.zjsonpatch.JsonDiff;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code k8s/} holds: the objects of the chart with a folder's values, without what only Helm
 * needs. The base has them whole, an overlay as differences from the base.
 */
final class PlainManifests {

  static final Path FOLDER = Chart.PROJECT.resolve("k8s");
  static final String BASE = "base";
  static final List<String> OVERLAYS = List.of("single-node", "gpu-cluster");

  private static final String HEADER =
      "# Written by k8s/generate.sh; change values.yaml or the chart.\n";
  private static final ObjectMapper WRITER =
      new ObjectMapper(
          YAMLFactory.builder()
              .enable(Feature.MINIMIZE_QUOTES)
              .enable(Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .disable(Feature.SPLIT_LINES)
              .disable(Feature.WRITE_DOC_START_MARKER)
              .build());

  private PlainManifests() {}

  /** The chart's objects with a folder's values, by the name of a file. */
  static SortedMap<String, JsonNode> objects(String folder) {
    SortedMap<String, JsonNode> objects = new TreeMap<>();
    String rendered = Chart.render(FOLDER.resolve(folder).resolve("values.yaml"));
    for (JsonNode document : Manifests.documents(rendered)) {
      objects.put(fileName(document), withoutHelm((ObjectNode) document));
    }
    return objects;
  }

  /** All files of {@code k8s/} that are generated, by their paths in it. */
  static SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    SortedMap<String, JsonNode> base = objects(BASE);
    base.forEach((name, object) -> files.put(BASE + "/" + name, text(object)));
    files.put(
        BASE + "/kustomization.yaml", text(kustomization(List.copyOf(base.keySet()), List.of())));
    for (String overlay : OVERLAYS) {
      overlay(overlay, base).forEach((name, text) -> files.put(overlay + "/" + name, text));
    }
    return files;
  }

  private static Map<String, String> overlay(String folder, SortedMap<String, JsonNode> base) {
    SortedMap<String, JsonNode> wanted = objects(folder);
    Map<String, String> files = new TreeMap<>();
    List<String> resources = new ArrayList<>(List.of("../" + BASE));
    List<JsonNode> patches = new ArrayList<>();
    wanted.forEach(
        (name, object) -> {
          if (!base.containsKey(name)) {
            resources.add(name);
            files.put(name, text(object));
          } else if (!base.get(name).equals(object)) {
            patches.add(patch("patch-" + name, object));
            files.put("patch-" + name, text(difference(base.get(name), object)));
          }
        });
    base.forEach(
        (name, object) -> {
          if (!wanted.containsKey(name)) {
            patches.add(patch("delete-" + name, object));
            files.put("delete-" + name, text(deletion(object)));
          }
        });
    files.put("kustomization.yaml", text(kustomization(resources, patches)));
    return files;
  }

  private static JsonNode difference(JsonNode from, JsonNode to) {
    return JsonDiff.asJson(
        from, to, EnumSet.of(DiffFlags.OMIT_MOVE_OPERATION, DiffFlags.OMIT_COPY_OPERATION));
  }

  private static ObjectNode deletion(JsonNode object) {
    ObjectNode deletion = WRITER.createObjectNode();
    deletion.set("apiVersion", object.path("apiVersion"));
    deletion.set("kind", object.path("kind"));
    deletion.putObject("metadata").set("name", object.at("/metadata/name"));
    return deletion.put("$patch", "delete");
  }

  private static ObjectNode patch(String file, JsonNode object) {
    ObjectNode patch = WRITER.createObjectNode().put("path", file);
    patch
        .putObject("target")
        .put("kind", object.path("kind").asText())
        .put("name", object.at("/metadata/name").asText());
    return patch;
  }

  private static ObjectNode kustomization(List<String> resources, List<JsonNode> patches) {
    ObjectNode kustomization =
        WRITER
            .createObjectNode()
            .put("apiVersion", "kustomize.config.k8s.io/v1beta1")
            .put("kind", "Kustomization")
            .put("namespace", "lodisc");
    kustomization.set("resources", WRITER.valueToTree(resources));
    if (!patches.isEmpty()) {
      kustomization.putArray("patches").addAll(patches);
    }
    return kustomization;
  }

  private static ObjectNode withoutHelm(ObjectNode object) {
    ObjectNode metadata = (ObjectNode) object.path("metadata");
    ((ObjectNode) metadata.path("labels"))
        .remove(List.of("helm.sh/chart", "app.kubernetes.io/managed-by"));
    if (metadata.path("annotations") instanceof ObjectNode annotations) {
      annotations.remove("helm.sh/resource-policy");
      if (annotations.isEmpty()) {
        metadata.remove("annotations");
      }
    }
    return object;
  }

  private static String fileName(JsonNode object) {
    return "%s-%s.yaml"
        .formatted(
            object.path("kind").asText().toLowerCase(Locale.ROOT),
            object.at("/metadata/name").asText());
  }

  private static String text(JsonNode content) {
    try {
      return HEADER + WRITER.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
