package io.lodisc.training.reproduce;

import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a user says of a reproduction; null is the default.
 *
 * @param plan one of {@link Plan#names}
 * @param settings under the rows' own
 * @param profile {@code paper} or {@code released}
 * @param arch backbone, such as {@code vit-b/16}
 * @param imageSize pixels a side
 * @param seeds runs a row, 1 by default
 * @param parallel runs at a time, 1 by default
 * @param only the one row to run
 */
public record ReproductionOrder(
    String plan,
    ObjectNode settings,
    String profile,
    String arch,
    Integer imageSize,
    Integer epochs,
    Integer batch,
    Integer seeds,
    Integer parallel,
    String only) {

  /**
   * With all that a reproduction needs.
   *
   * @param start checkpoint that every run starts from; null draws start weights
   * @param command how it was asked for
   * @throws ReproductionException if there is no such plan, or a number is out of range
   */
  public Request request(Pictures pictures, Path start, Path to, String command) {
    return new Request(
        Plan.named(plan == null ? "" : plan),
        pictures,
        base(),
        over(),
        atLeastOne(seeds, "seeds"),
        start,
        atLeastOne(parallel, "parallel"),
        only,
        to,
        command);
  }

  private ObjectNode base() {
    ObjectNode base =
        settings == null ? JsonMapper.shared().createObjectNode() : settings.deepCopy();
    return profile == null ? base : base.put("profile", profile);
  }

  private ObjectNode over() {
    ObjectNode over = JsonMapper.shared().createObjectNode();
    if (arch != null) {
      over.putObject("architecture").put("backbone", arch);
    }
    if (imageSize != null) {
      over.withObject("/architecture").put("imageSize", imageSize);
    }
    if (epochs != null) {
      over.put("epochs", epochs);
    }
    return batch == null ? over : over.put("batch", batch);
  }

  private static int atLeastOne(Integer number, String name) {
    if (number != null && number < 1) {
      throw new ReproductionException(
          name + " must be 1 or more.", "Leave it out for the default, 1.");
    }
    return number == null ? 1 : number;
  }
}
