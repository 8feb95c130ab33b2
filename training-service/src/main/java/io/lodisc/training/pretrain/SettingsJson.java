package io.lodisc.training.pretrain;

import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Settings from JSON: what it names, laid over a profile's. */
public final class SettingsJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private record Named(Profile profile) {}

  private SettingsJson() {}

  /**
   * @param json an object
   * @throws tools.jackson.core.JacksonException for an unknown name or an impossible value
   * @throws IllegalArgumentException for an unknown backbone
   */
  public static Settings read(String json) {
    JsonNode request = JSON.readTree(json);
    return request instanceof ObjectNode object
        ? read(object)
        : JSON.treeToValue(request, Settings.class);
  }

  /** The same of a tree. */
  public static Settings read(ObjectNode request) {
    return settings(laidOver(defaults(request), request));
  }

  /** The settings of a whole tree. */
  public static Settings settings(ObjectNode tree) {
    return JSON.treeToValue(tree, Settings.class);
  }

  /**
   * What a request does not name: the settings of its profile, the paper's if it names none. The
   * learning rate is left out, for it follows the batch.
   */
  public static ObjectNode defaults(ObjectNode request) {
    ObjectNode name = JSON.createObjectNode();
    if (request.hasNonNull("profile")) {
      name.set("profile", request.get("profile"));
    }
    Profile named = JSON.treeToValue(name, Named.class).profile();
    return tree((named == null ? Profile.PAPER : named).settings());
  }

  /**
   * The same object with the fields of a request; objects within are merged, and a backbone's name
   * becomes its sizes.
   *
   * @throws IllegalArgumentException for an unknown backbone
   */
  public static ObjectNode laidOver(ObjectNode onto, ObjectNode request) {
    return merged(onto, NamedBackbone.expand(request));
  }

  private static ObjectNode merged(ObjectNode onto, ObjectNode from) {
    from.properties()
        .forEach(
            field -> {
              if (onto.get(field.getKey()) instanceof ObjectNode mine
                  && field.getValue() instanceof ObjectNode theirs) {
                merged(mine, theirs);
              } else {
                onto.set(field.getKey(), field.getValue());
              }
            });
    return onto;
  }

  /**
   * Whether a run with these settings may go on from a checkpoint's: all but what changes no
   * tensor, which is how often checkpoints are written.
   */
  static boolean sameRun(Object checkpoint, Settings run) {
    if (!(JSON.valueToTree(checkpoint) instanceof ObjectNode settings)) {
      return false;
    }
    List<String> free = List.of("checkpointEpochs", "checkpointSteps");
    ObjectNode theirs = JSON.valueToTree(read(settings));
    ObjectNode ours = JSON.valueToTree(run);
    return theirs.without(free).equals(ours.without(free));
  }

  static Settings overlay(ObjectNode onto, String json) {
    return JSON.treeToValue(laidOver(onto, (ObjectNode) JSON.readTree(json)), Settings.class);
  }

  static ObjectNode tree(Settings profile) {
    ObjectNode tree = JSON.valueToTree(profile);
    return tree.without("learningRate");
  }
}
