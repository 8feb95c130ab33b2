package io.lodisc.model.vit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The sizes of a vision transformer.
 *
 * @param imageSize pixels a side
 * @param patch pixels a side of one patch; divides imageSize
 * @param width D, the length of a token
 * @param depth number of blocks
 * @param heads of the attention; divides width
 * @param mlpRatio hidden width of a block's MLP over D
 * @param positions fixed or learned
 */
public record Architecture(
    int imageSize,
    int patch,
    int width,
    int depth,
    int heads,
    double mlpRatio,
    Positions positions) {

  /** How positions are told: MoCo v3's fixed 2-D sin-cos table, or a learned one. */
  public enum Positions {
    @JsonProperty("sincos")
    SINCOS,
    @JsonProperty("learned")
    LEARNED
  }

  private static final int MAX_SIDE = 4096;
  private static final int MAX_WIDTH = 8192;
  private static final int MAX_DEPTH = 256;
  private static final int MAX_RATIO = 16;

  public Architecture {
    require(
        patch >= 1 && imageSize >= patch && imageSize % patch == 0, "patch", "divide imageSize");
    require(width >= 1 && heads >= 1 && width % heads == 0, "heads", "divide width");
    require(positions != Positions.SINCOS || width % 4 == 0, "width", "be a multiple of 4");
    require(imageSize <= MAX_SIDE, "imageSize", "be at most " + MAX_SIDE);
    require(width <= MAX_WIDTH, "width", "be at most " + MAX_WIDTH);
    require(depth >= 1 && depth <= MAX_DEPTH, "depth", "be 1 to " + MAX_DEPTH);
    require(mlpRatio > 0 && mlpRatio <= MAX_RATIO, "mlpRatio", "be above 0, at most " + MAX_RATIO);
  }

  private static void require(boolean holds, String name, String what) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must " + what);
    }
  }

  /**
   * Whether weights of another architecture can start this one. It may differ in the picture's size
   * only, and learned positions may start from fixed ones, though not the other way round.
   */
  public boolean canStartFrom(Architecture start) {
    return patch == start.patch
        && width == start.width
        && depth == start.depth
        && heads == start.heads
        && mlpRatio == start.mlpRatio
        && (positions == start.positions || positions == Positions.LEARNED);
  }

  /** The same for pictures of another size. */
  public Architecture withImageSize(int size) {
    return new Architecture(size, patch, width, depth, heads, mlpRatio, positions);
  }

  /** Patches a side. */
  @JsonIgnore
  public int grid() {
    return imageSize / patch;
  }

  /** N, the patches of a picture. */
  @JsonIgnore
  public int patches() {
    return grid() * grid();
  }

  /** The hidden width of a block's MLP. */
  @JsonIgnore
  public int mlpWidth() {
    return (int) (width * mlpRatio);
  }
}
