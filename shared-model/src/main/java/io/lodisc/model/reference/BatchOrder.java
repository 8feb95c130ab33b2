package io.lodisc.model.reference;

import io.lodisc.model.checkpoint.Tensor;
import java.util.stream.IntStream;

/** Batches in another order: {@code order[i]} is the row that comes i-th. */
final class BatchOrder {

  private BatchOrder() {}

  static int[] reversed(int batch) {
    return IntStream.range(0, batch).map(i -> batch - 1 - i).toArray();
  }

  static int[] rotated(int batch, int by) {
    return IntStream.range(0, batch).map(i -> (i + by) % batch).toArray();
  }

  static float[] apply(int[] order, Tensor tensor) {
    return move(order, tensor.values(), false);
  }

  static float[] undo(int[] order, float[] values) {
    return move(order, values, true);
  }

  private static float[] move(int[] order, float[] values, boolean back) {
    int row = values.length / order.length;
    float[] moved = new float[values.length];
    for (int i = 0; i < order.length; i++) {
      int from = back ? i : order[i];
      int to = back ? order[i] : i;
      System.arraycopy(values, from * row, moved, to * row, row);
    }
    return moved;
  }
}
