package io.lodisc.training.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the paper published, in percent; never mixed with what was measured.
 *
 * @param source where they stand
 */
public record PaperFigures(String source, List<Figures> figures) {

  /** One row's; null is what the paper does not tell. */
  public record Figures(
      String table,
      String dataset,
      String row,
      int batch,
      Double top1,
      Double rank1,
      Double rank5,
      Double mAP) {}

  /** Those of the resource. */
  public static PaperFigures read() {
    try (InputStream in = PaperFigures.class.getResourceAsStream("paper.json")) {
      return JsonMapper.shared().readValue(in, PaperFigures.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A row's on a data set at a batch; null if there are none. */
  public Figures find(String table, String dataset, String row, int batch) {
    return figures.stream()
        .filter(f -> f.table().equals(table) && f.dataset().equals(dataset))
        .filter(f -> f.row().equals(row) && f.batch() == batch)
        .findFirst()
        .orElse(null);
  }
}
