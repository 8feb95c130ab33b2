package io.lodisc.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A kustomization.yaml with those of kustomize's means that {@code k8s/} uses. */
record Kustomization(
    String apiVersion, String kind, String namespace, List<String> resources, List<Patch> patches) {

  record Patch(String path, Target target) {}

  record Target(String kind, String name) {}

  /** What {@code kustomize build} makes of a folder, by kind and name. */
  static Map<String, JsonNode> build(Path folder) {
    try {
      Kustomization kustomization =
          Manifests.YAML.readValue(
              folder.resolve("kustomization.yaml").toFile(), Kustomization.class);
      Map<String, JsonNode> objects = new LinkedHashMap<>();
      for (String resource : kustomization.resources) {
        Path path = folder.resolve(resource).normalize();
        if (Files.isDirectory(path)) {
          objects.putAll(build(path));
        } else {
          JsonNode object = Manifests.YAML.readTree(path.toFile());
          if (objects.put(key(object), object) != null) {
            throw new IllegalStateException("Twice: " + key(object));
          }
        }
      }
      if (kustomization.patches != null) {
        for (Patch patch : kustomization.patches) {
          JsonNode change = Manifests.YAML.readTree(folder.resolve(patch.path).toFile());
          apply(objects, patch.target.kind + " " + patch.target.name, change);
        }
      }
      objects
          .values()
          .forEach(
              o -> ((ObjectNode) o.path("metadata")).put("namespace", kustomization.namespace));
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void apply(Map<String, JsonNode> objects, String target, JsonNode change) {
    if (!objects.containsKey(target)) {
      throw new IllegalStateException("A patch is for what is not there: " + target);
    }
    if (change.isArray()) {
      objects.put(target, JsonPatch.apply(change, objects.get(target)));
    } else if (change.path("$patch").asText().equals("delete") && key(change).equals(target)) {
      objects.remove(target);
    } else {
      throw new IllegalStateException("Not a patch of the two kinds: " + change);
    }
  }

  private static String key(JsonNode object) {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }
}
