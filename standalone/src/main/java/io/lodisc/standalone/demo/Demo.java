package io.lodisc.standalone.demo;

import io.lodisc.model.archive.PictureFolder;
import io.lodisc.model.metrics.Retrieval;
import io.lodisc.standalone.UserException;
import io.lodisc.standalone.console.ProgressBar;
import io.lodisc.standalone.demo.DemoResult.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The steps of the demo, each over HTTP; what an earlier run left is used again. */
final class Demo {

  /** The collection that is left open. */
  static final String COLLECTION = "emoji";

  private static final String DATASET = "emoji-train";
  private static final long POLL_MILLIS = 500;
  private static final List<String> MODELS = List.of("untrained", "starter", "emoji");
  private static final int TOP = 5;
  private static final String QUERY = "twemoji-1f43a"; // a wolf
  private static final double LEARNING_RATE = 1e-4;

  private final DemoClient api;
  private final Path data;
  private final int epochs;
  private final PrintStream out;
  private final Catalogue catalogue;
  private final List<Row> rows = new ArrayList<>();

  Demo(DemoClient api, Path data, int epochs, PrintStream out) {
    this.api = api;
    this.data = data;
    this.epochs = epochs;
    this.out = out;
    this.catalogue = new Catalogue(data);
  }

  DemoResult run(long began) throws IOException, InterruptedException {
    register();
    promote("untrained", "drawn, not trained", untrained());
    promote("emoji", "trained from the starter weights", trained());
    out.printf("Importing %d held-out pictures into PostgreSQL ...%n", catalogue.entries().size());
    fill("", false);
    fill("-shaken", true);
    evaluate();
    table();
    search();
    return new DemoResult(rows, Math.round((System.nanoTime() - began) / 1e8) / 10.0);
  }

  private void register() {
    if (api.find("/datasets/" + DATASET).isPresent()) {
      out.println("Data set " + DATASET + ": there already");
      return;
    }
    JsonNode dataset =
        api.post("/datasets", Map.of("name", DATASET, "path", data.toString(), "split", "train"));
    out.printf(
        "Data set %s: %d pictures, no labels used%n", DATASET, dataset.get("pictures").asInt());
  }

  private Map<String, Object> untrained() {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("dataset", DATASET);
    job.put("epochs", 0);
    job.put("batch", 2);
    job.put("architecture", api.get("/checkpoints/starter").get("architecture"));
    return job;
  }

  /** The starter's own recipe, gone on with at a low rate. */
  private ObjectNode trained() {
    ObjectNode job =
        (ObjectNode) api.get("/checkpoints/starter/files/manifest.json").get("settings");
    job.remove(List.of("architecture", "normalisation", "threads"));
    job.put("dataset", DATASET);
    job.put("start", "starter");
    job.put("epochs", epochs);
    job.put("warmupEpochs", 0.5);
    job.put("learningRate", LEARNING_RATE);
    job.put("checkpointEpochs", 1);
    return job;
  }

  /** Runs the job and gives its checkpoint the alias, unless the alias is there already. */
  private void promote(String alias, String what, Object settings) throws InterruptedException {
    if (api.find("/models/" + alias).isPresent()) {
      out.println("Model " + alias + ": there already");
      return;
    }
    String checkpoint = finish(api.post("/jobs", settings).get("id").asString());
    api.put("/models/" + alias, Map.of("checkpoint", checkpoint));
    out.printf("Model %s: checkpoint %s, %s%n", alias, checkpoint, what);
  }

  private String finish(String id) throws InterruptedException {
    ProgressBar bar = ProgressBar.onConsole();
    boolean drawn = false;
    while (true) {
      JsonNode job = api.get("/jobs/" + id);
      if (job.path("step").asLong(0) > 0) {
        drawn = true;
        show(bar, job);
      }
      switch (job.get("state").asString()) {
        case "SUCCEEDED" -> {
          if (drawn) {
            bar.end();
          }
          return job.get("checkpoint").asString();
        }
        case "FAILED", "CANCELLED" ->
            throw new UserException("The job ended: " + job.path("reason").asString(""));
        default -> Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private static void show(ProgressBar bar, JsonNode job) {
    bar.show(
        "epoch %d/%d".formatted(job.path("epoch").asInt(0), job.path("epochs").asInt(0)),
        job.path("step").asLong(0),
        job.path("steps").asLong(0),
        job.path("loss").asDouble(0),
        job.path("imagesPerSecond").asDouble(0),
        job.path("secondsLeft").asLong(0));
  }

  private static String collection(String model) {
    return model.equals("emoji") ? COLLECTION : COLLECTION + "-" + model;
  }

  /** Imports into each model's collection that is empty; the archive is made once, if at all. */
  private void fill(String suffix, boolean shaken) throws IOException {
    byte[] zip = null;
    for (String model : MODELS) {
      String path = "/collections/" + collection(model) + suffix;
      if (api.find(path).isEmpty()) {
        api.post("/collections", Map.of("name", collection(model) + suffix, "model", model));
      }
      if (api.get(path).get("items").asInt() == 0) {
        zip = zip == null ? catalogue.zip(shaken) : zip;
        api.upload(path + "/items:import", "file", "emoji.zip", zip, Map.of());
      }
    }
  }

  private void evaluate() throws IOException {
    List<Retrieval.Item> gallery = catalogue.pixels(false);
    rows.add(pixels("plain", gallery, gallery));
    rows.add(pixels("shaken", catalogue.pixels(true), gallery));
    for (String model : MODELS) {
      String encoder = model.equals("emoji") ? "trained" : model;
      rows.add(evaluate(encoder, "plain", collection(model), collection(model)));
      rows.add(evaluate(encoder, "shaken", collection(model), collection(model) + "-shaken"));
    }
  }

  private static Row pixels(
      String kind, List<Retrieval.Item> queries, List<Retrieval.Item> gallery) {
    Retrieval.Result result = Retrieval.evaluate(queries, gallery, List.of(1, TOP), true);
    return new Row(
        "pixels",
        kind,
        result.rankK().get(1),
        result.rankK().get(TOP),
        result.meanAveragePrecision());
  }

  private Row evaluate(String encoder, String kind, String gallery, String queries) {
    JsonNode result =
        api.post(
            "/collections/" + gallery + "/evaluations",
            Map.of("k", List.of(1, TOP), "acrossGroups", true, "queries", queries));
    return new Row(
        encoder,
        kind,
        result.get("rank").get("1").asDouble(),
        result.get("rank").get("5").asDouble(),
        result.get("mAP").asDouble());
  }

  private void table() {
    out.println();
    out.println(
        "Find the same thing as another designer drew it (a query's own designer left out):");
    out.println("  encoder    queries  Rank-1  Rank-5     mAP");
    for (Row row : rows) {
      out.printf(
          Locale.ROOT,
          "  %-10s %-7s  %6.3f  %6.3f  %6.3f%n",
          row.encoder(),
          row.queries(),
          row.rank1(),
          row.rank5(),
          row.mAP());
    }
    out.println();
  }

  private void search() throws IOException {
    PictureFolder.Entry query =
        catalogue.entries().stream()
            .filter(entry -> entry.id().equals(QUERY))
            .findFirst()
            .orElse(catalogue.entries().getFirst());
    JsonNode answer =
        api.upload(
            "/collections/" + COLLECTION + "/search",
            "image",
            query.file().getFileName().toString(),
            Files.readAllBytes(query.file()),
            Map.of("k", String.valueOf(TOP)));
    out.printf("Search by the picture of '%s' (%s):%n", name(query), query.group());
    for (JsonNode hit : answer.get("results")) {
      out.printf(
          Locale.ROOT,
          "  %d. %.3f  %s (%s)%n",
          hit.get("rank").asInt(),
          hit.get("score").asDouble(),
          hit.path("metadata").path("name").asString(hit.get("id").asString()),
          hit.path("group").asString(""));
    }
    out.println();
  }

  private static String name(PictureFolder.Entry entry) {
    return entry.metadata().getOrDefault("name", entry.id());
  }
}
