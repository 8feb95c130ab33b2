package io.lodisc.model.exchange;

import java.util.Arrays;

/**
 * The sizes that the shapes of an encoder's tensors tell.
 *
 * @param patch pixels a side
 * @param width D
 * @param grid patches a side
 * @param mlpWidth hidden width of a block's MLP
 */
record Sizes(int patch, int width, int grid, int mlpWidth) {

  /**
   * Reads them off.
   *
   * @param projection D x 3 x patch x patch
   * @param positions 1 x (1 + grid^2) x D
   * @param hidden mlpWidth x D, of the first block
   * @throws ImportException if a shape is another
   */
  static Sizes of(long[] projection, long[] positions, long[] hidden) {
    if (projection.length != 4 || projection[1] != 3 || projection[2] != projection[3]) {
      throw wrong("The patch projection", projection, "[D, 3, patch, patch]");
    }
    int grid = positions.length == 3 ? (int) Math.round(Math.sqrt(positions[1] - 1.0)) : 0;
    if (grid < 1 || positions[1] != 1L + (long) grid * grid) {
      throw wrong("The positions' table", positions, "[1, 1 + grid * grid, D]");
    }
    if (hidden.length != 2) {
      throw wrong("A block's MLP", hidden, "[hidden, D]");
    }
    return new Sizes(size(projection[2]), size(projection[0]), grid, size(hidden[0]));
  }

  /** Such that {@code (int) (width * ratio)} is the MLP's width, whatever the rounding. */
  double mlpRatio() {
    double ratio = (double) mlpWidth / width;
    return (int) (width * ratio) == mlpWidth ? ratio : Math.nextUp(ratio);
  }

  private static int size(long size) {
    if (size < 1 || size > Short.MAX_VALUE) {
      throw ImportException.unsupported(
          "A side of %d is not that of a vision transformer.".formatted(size));
    }
    return (int) size;
  }

  private static ImportException wrong(String what, long[] shape, String expected) {
    return ImportException.unsupported(
        "%s has the shape %s, not %s.".formatted(what, Arrays.toString(shape), expected));
  }
}
