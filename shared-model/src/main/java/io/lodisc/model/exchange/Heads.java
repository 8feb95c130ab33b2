package io.lodisc.model.exchange;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.vit.Architecture.Positions;
import java.util.Map;

/** The number of heads, which no tensor's shape tells. */
final class Heads {

  private static final Map<Integer, Integer> BY_WIDTH =
      Map.of(192, 3, 384, 6, 768, 12, 1024, 16, 1280, 16);

  private static final int SMALL = 384;
  private static final int SMALL_OF_MOCO_V3 = 12;

  private Heads() {}

  /**
   * The sender's word, else what lodisc noted in the file, else that of the known transformer of
   * this width. Of width 384 there are two; MoCo v3's has fixed positions.
   *
   * @param given null if not given
   * @throws ImportException if nothing tells
   */
  static int of(Integer given, Map<String, String> metadata, int width, Positions positions) {
    if (given != null) {
      return given;
    }
    String noted = metadata.getOrDefault(Checkpoints.HEADS, "");
    if (noted.matches("[1-9]\\d{0,3}")) {
      return Integer.parseInt(noted);
    }
    if (width == SMALL && positions == Positions.SINCOS) {
      return SMALL_OF_MOCO_V3;
    }
    Integer known = BY_WIDTH.get(width);
    if (known == null) {
      throw ImportException.unsupported(
          "The file does not tell the number of heads, and no known transformer is %d wide. Give 'heads'."
              .formatted(width));
    }
    return known;
  }
}
