package io.lodisc.training.pretrain;

import io.lodisc.model.vit.Backbone;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lets an architecture name its backbone: {@code {"backbone": "vit-s/16", "imageSize": 224}}. */
final class NamedBackbone {

  private static final String FIELD = "backbone";
  private static final String ARCHITECTURE = "architecture";

  private NamedBackbone() {}

  /**
   * The request with sizes in the name's place; sizes that it gives itself stay.
   *
   * @throws IllegalArgumentException if there is no such backbone
   */
  static ObjectNode expand(ObjectNode request) {
    if (!(request.get(ARCHITECTURE) instanceof ObjectNode asked) || !asked.has(FIELD)) {
      return request;
    }
    Backbone backbone = named(asked.get(FIELD));
    ObjectNode sizes = JsonNodeFactory.instance.objectNode();
    sizes.put("patch", backbone.patch());
    sizes.put("width", backbone.width());
    sizes.put("depth", backbone.depth());
    sizes.put("heads", backbone.heads());
    sizes.put("mlpRatio", Backbone.MLP_RATIO);
    sizes.setAll(asked);
    sizes.remove(FIELD);
    ObjectNode expanded = request.deepCopy();
    expanded.set(ARCHITECTURE, sizes);
    return expanded;
  }

  private static Backbone named(JsonNode name) {
    try {
      return Backbone.named(name.asString(name.toString()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("architecture.backbone: " + e.getMessage(), e);
    }
  }
}
