package io.lodisc.training.job;

import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.pretrain.Normalisation;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.pretrain.SettingsJson;
import io.lodisc.web.ApiException;
import io.lodisc.web.JsonErrors;
import io.lodisc.web.Problem;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lays a request's hyper-parameters over the defaults and refuses what is unknown or wrong. */
@Component
class SettingsBinder {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** What a checkpoint's state leaves open. */
  private static final List<String> CHANGEABLE =
      List.of(
          "epochs",
          "learningRate",
          "schedule",
          "warmupEpochs",
          "clipNorm",
          "temperature",
          "momentum",
          "momentumCosine",
          "evaluation",
          "maxUnreadableShare",
          "checkpointEpochs",
          "checkpointSteps",
          "threads");

  private final Validator validator;

  SettingsBinder(Validator validator) {
    this.validator = validator;
  }

  /**
   * @param request the hyper-parameters alone
   * @param start the start checkpoint, which settles normalisation and architecture, but for the
   *     picture's size and whether positions are learned; or null
   */
  Settings bind(ObjectNode request, Manifest start) {
    ObjectNode tree = defaults(request);
    if (start != null) {
      tree.set("architecture", JSON.valueToTree(start.architecture()));
      tree.set("normalisation", JSON.valueToTree(Normalisation.of(start.preprocessing())));
    }
    Settings settings = Violations.refused(validator, read(laidOver(tree, request)));
    if (start != null && !settings.architecture().canStartFrom(start.architecture())) {
      throw otherArchitecture(
          JSON.valueToTree(start.architecture()), JSON.valueToTree(settings.architecture()));
    }
    return settings;
  }

  /**
   * The settings of a checkpoint's run with some changed.
   *
   * @param changes only such as the checkpoint's state allows
   */
  Settings changed(Manifest parent, ObjectNode changes) {
    Set<String> fixed = new TreeSet<>(changes.propertyNames());
    fixed.removeAll(CHANGEABLE);
    if (!fixed.isEmpty()) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "A run that goes on cannot change %s.".formatted(String.join(", ", fixed)),
          "It can change %s; to change more, name the checkpoint as 'start'."
              .formatted(String.join(", ", CHANGEABLE)));
    }
    JsonNode before = JSON.valueToTree(parent.settings());
    if (before.isEmpty()) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The checkpoint is of no run that could go on.",
          "Name it as 'start' to train from its weights.");
    }
    return Violations.refused(validator, read(laidOver((ObjectNode) before, changes)));
  }

  private static ObjectNode defaults(ObjectNode request) {
    try {
      return SettingsJson.defaults(request);
    } catch (JacksonException e) {
      throw JsonErrors.of(e);
    }
  }

  private static ObjectNode laidOver(ObjectNode defaults, ObjectNode request) {
    try {
      return SettingsJson.laidOver(defaults, request);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          e.getMessage() + ".",
          "Name one of them, or leave it out and give patch, width, depth, heads and mlpRatio.");
    }
  }

  private static Settings read(ObjectNode tree) {
    try {
      return SettingsJson.settings(tree);
    } catch (JacksonException e) {
      throw JsonErrors.of(e);
    }
  }

  private static ApiException otherArchitecture(JsonNode start, JsonNode asked) {
    String differences =
        start.properties().stream()
            .filter(f -> !f.getKey().equals("imageSize"))
            .filter(f -> !f.getValue().equals(asked.get(f.getKey())))
            .map(
                f ->
                    "architecture.%s is %s, but the start checkpoint's is %s"
                        .formatted(f.getKey(), asked.get(f.getKey()), f.getValue()))
            .collect(Collectors.joining(", "));
    return new ApiException(
        Problem.INVALID_REQUEST,
        differences + ".",
        "Leave these out: the job has them from its start weights. imageSize may differ, and positions"
            + " may be learned where those of the start are sincos.");
  }
}
