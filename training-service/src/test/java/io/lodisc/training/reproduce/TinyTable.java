package io.lodisc.training.reproduce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A table of the paper on small pictures.
 *
 * @param base settings under the rows'
 * @param over settings over the rows'
 */
record TinyTable(
    Path folder, String plan, String only, String base, String over, Path start, int seeds) {

  /** A model that trains in no time. */
  static final String TINY =
      """
      {"architecture": {"imageSize": 16, "patch": 4, "width": 16, "depth": 2,
         "heads": 2, "mlpRatio": 2, "positions": "learned"},
       "epochs": 2, "batch": 4, "headHidden": 16, "headOut": 8,
       "evaluation": {"probeEpochs": 2, "batch": 4}}
      """;

  /** Of a tiny model. */
  static TinyTable of(Path folder, String plan, String only) {
    return new TinyTable(folder, plan, only, TINY, "{}", null, 1);
  }

  TinyTable base(String json) {
    return new TinyTable(folder, plan, only, json, over, start, seeds);
  }

  TinyTable over(String json) {
    return new TinyTable(folder, plan, only, base, json, start, seeds);
  }

  TinyTable start(Path checkpoint) {
    return new TinyTable(folder, plan, only, base, over, checkpoint, seeds);
  }

  TinyTable seeds(int count) {
    return new TinyTable(folder, plan, only, base, over, start, count);
  }

  /** One run at a time, into {@code out}. */
  Request request() {
    return new Request(
        Plan.named(plan),
        pictures(),
        JsonMapper.shared().readValue(base, ObjectNode.class),
        JsonMapper.shared().readValue(over, ObjectNode.class),
        seeds,
        start,
        1,
        only,
        folder.resolve("out"),
        "./lodisc reproduce");
  }

  /** Twelve to train on and twelve to test on, of three classes. */
  Pictures pictures() {
    Path root = folder.resolve("pictures");
    try {
      for (int i = 0; i < 24; i++) {
        String split = i < 12 ? "train" : "test";
        Path file = root.resolve(split).resolve("class" + i % 3).resolve(i + ".png");
        Files.createDirectories(file.getParent());
        io.lodisc.training.support.Pictures.png(file, i);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Pictures.read("folder", root, null, false);
  }
}
