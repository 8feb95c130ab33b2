package io.lodisc.training.reproduce;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.json.JsonWords;
import io.lodisc.training.pretrain.Normalisation;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.pretrain.SettingsJson;
import io.lodisc.training.reproduce.Plan.Row;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The runs that a table needs; rows with the same settings share them.
 *
 * @param settings of each row, the untrained one first, with seed 0
 * @param runOf row to the row whose runs it shows
 */
record Schedule(
    ObjectNode profile,
    Map<String, Settings> settings,
    Map<String, String> runOf,
    List<PlannedRun> runs) {

  /** The row of the start weights: a run of no epoch. */
  static final String UNTRAINED = "untrained";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int POINTS = 10;
  private static final int CHECKPOINTS = 4;

  /**
   * @throws ReproductionException if the settings are wrong
   */
  static Schedule of(Request request) {
    return of(request, request.start() == null ? null : verified(request.start()));
  }

  /**
   * Without a look at any file.
   *
   * @param from the start checkpoint's; null for none
   * @throws ReproductionException if the settings are wrong
   */
  static Schedule of(Request request, Manifest from) {
    Map<String, Settings> settings = new LinkedHashMap<>();
    List<Row> rows = rows(request);
    ObjectNode start = start(from);
    ObjectNode none = JSON.createObjectNode().put("epochs", 0);
    settings.put(
        UNTRAINED, settings(request, start, request.plan().rows().getFirst().settings(), none));
    rows.forEach(
        row ->
            settings.put(
                row.id(), settings(request, start, row.settings(), JSON.createObjectNode())));
    Map<String, String> runOf = new LinkedHashMap<>();
    settings.forEach(
        (id, mine) ->
            runOf.put(
                id,
                settings.entrySet().stream()
                    .filter(other -> other.getValue().equals(mine))
                    .findFirst()
                    .orElseThrow()
                    .getKey()));
    List<PlannedRun> runs = new ArrayList<>();
    for (int seed = 0; seed < request.seeds(); seed++) {
      for (String id : new LinkedHashSet<>(runOf.values())) {
        runs.add(new PlannedRun(id, seed, seeded(settings.get(id), seed), seed == 0));
      }
    }
    return new Schedule(SettingsJson.defaults(request.base()), settings, runOf, runs);
  }

  static List<Row> rows(Request request) {
    List<Row> rows =
        request.plan().rows().stream()
            .filter(row -> request.only() == null || row.id().equals(request.only()))
            .toList();
    if (rows.isEmpty()) {
      throw new ReproductionException(
          "There is no row '%s' in %s.".formatted(request.only(), request.plan().name()),
          "The rows there are: "
              + request.plan().rows().stream().map(Row::id).collect(Collectors.joining(", "))
              + ".");
    }
    return rows;
  }

  private static Settings settings(
      Request request, ObjectNode start, ObjectNode row, ObjectNode last) {
    try {
      ObjectNode profile = SettingsJson.defaults(request.base());
      ObjectNode tree = profile.deepCopy();
      tree.setAll(start.deepCopy());
      for (ObjectNode layer :
          List.of(
              request.plan().settings(),
              request.base(),
              filled(row, profile),
              request.over(),
              last)) {
        tree = SettingsJson.laidOver(tree, layer.deepCopy());
      }
      if (request.plan().baseRate() != null && !tree.hasNonNull("learningRate")) {
        tree.put("learningRate", request.plan().baseRate() * tree.get("batch").asInt() / 256);
      }
      pace(request, tree);
      return valid(SettingsJson.settings(tree));
    } catch (JacksonException e) {
      throw new ReproductionException(
          "The settings are wrong: " + JsonWords.of(e), "See docs/training.md for all of them.");
    } catch (IllegalArgumentException e) {
      throw new ReproductionException(
          "The settings are wrong: " + e.getMessage() + ".", "Correct --arch or the settings.");
    }
  }

  /** With the profile's own for what is null. */
  private static ObjectNode filled(ObjectNode row, ObjectNode profile) {
    ObjectNode filled = JSON.createObjectNode();
    row.forEachEntry((name, value) -> filled.set(name, value.isNull() ? profile.get(name) : value));
    return filled;
  }

  /** What the start checkpoint settles. */
  private static ObjectNode start(Manifest from) {
    ObjectNode settled = JSON.createObjectNode();
    if (from != null) {
      settled.set("architecture", JSON.valueToTree(from.architecture()));
      settled.set("normalisation", JSON.valueToTree(Normalisation.of(from.preprocessing())));
    }
    return settled;
  }

  private static Manifest verified(Path start) {
    try {
      return Checkpoints.verify(start);
    } catch (CheckpointException e) {
      throw new ReproductionException(
          "%s cannot be started from: %s.".formatted(start, e.getMessage()),
          "Name the folder of a checkpoint, such as lodisc pretrain or lodisc import writes.");
    }
  }

  /** Some ten evaluations and four checkpoints a run, and cores for all that run at a time. */
  private static void pace(Request request, ObjectNode tree) {
    int epochs = tree.get("epochs").asInt();
    if (!request.base().path("evaluation").has("everyEpochs")) {
      ((ObjectNode) tree.get("evaluation")).put("everyEpochs", parts(epochs, POINTS));
    }
    tree.put("checkpointEpochs", parts(epochs, CHECKPOINTS));
    int cores = Runtime.getRuntime().availableProcessors();
    tree.put("threads", Math.max(1, cores / request.parallel()));
    tree.put("seed", 0);
  }

  private static int parts(int epochs, int parts) {
    return Math.max(1, (epochs + parts - 1) / parts);
  }

  private static Settings valid(Settings settings) {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      String wrong =
          factory.getValidator().validate(settings).stream()
              .map(v -> v.getPropertyPath() + " " + v.getMessage())
              .sorted()
              .collect(Collectors.joining(", "));
      if (!wrong.isEmpty()) {
        throw new ReproductionException(
            "The settings are wrong: " + wrong + ".", "Correct the options or the settings.");
      }
      return settings;
    }
  }

  private static Settings seeded(Settings settings, long seed) {
    ObjectNode tree = JSON.valueToTree(settings);
    return SettingsJson.settings(tree.put("seed", seed));
  }
}
