package io.lodisc.training.reproduce;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of a table; a new table is a resource and its name here.
 *
 * @param paperTable the paper's table that has figures of these rows, which for Table 1 is Table 3;
 *     null for none
 * @param baseRate learning rate for 256 pictures a batch; null for the profile's
 * @param settings of all rows, under those that the user gives
 */
public record Plan(
    String name,
    String title,
    String paperTable,
    Double baseRate,
    ObjectNode settings,
    List<Row> rows) {

  /**
   * A line of the table.
   *
   * @param id in file names
   * @param group what is varied
   * @param settings over those that the user gives; null is the profile's own
   */
  public record Row(
      String id, String title, String group, @JsonProperty("settings") ObjectNode settings) {}

  private static final List<String> NAMES =
      List.of("table1", "table2", "table3", "table4", "table5", "ablation");

  /** Every plan there is. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The plan of that name.
   *
   * @throws ReproductionException if there is none
   */
  public static Plan named(String name) {
    if (!NAMES.contains(name)) {
      throw new ReproductionException(
          "There is no plan '%s'.".formatted(name),
          "The plans there are: " + String.join(", ", NAMES) + ".");
    }
    try (InputStream in = Plan.class.getResourceAsStream(name + ".json")) {
      ObjectNode plan = (ObjectNode) JsonMapper.shared().readTree(in);
      return JsonMapper.shared().treeToValue(plan.put("name", name), Plan.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
