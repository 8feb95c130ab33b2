package io.lodisc.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpsTest {

  @Test
  void garbageCollectionBetweenForwardAndBackwardChangesNoGradient() throws InterruptedException {
    Torch.start();
    try (NDManager manager = Torch.manager()) {
      NDArray parameter = manager.ones(new Shape(64));
      parameter.setRequiresGradient(true);
      List<NDArray> results = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        results.add(Torch.withGradients(() -> Ops.scale(parameter, 3).sum()));
      }

      overwriteFreedMemory();

      results.forEach(loss -> Ops.backward(loss, 1));
      float[] expected = new float[64];
      Arrays.fill(expected, 300);
      assertThat(parameter.getGradient().toFloatArray()).containsExactly(expected);
    }
  }

  /**
   * Of 32 pictures of 37 tokens; with as many rows, oneDNN's convolutions differ at some widths.
   */
  @Test
  void linearLayersOfAnyWidthAreTheSameWithAGraphAndWithout() {
    Torch.start();
    Random random = new Random(1);
    try (NDManager manager = Torch.manager()) {
      NDArray x = normal(manager, random, 32, 37, 64);
      for (int width : new int[] {40, 48, 64, 72, 80, 112, 144, 160, 320, 512, 576}) {
        NDArray weight = normal(manager, random, width, 64);
        NDArray bias = normal(manager, random, width);
        weight.setRequiresGradient(true);
        NDArray product = x.reshape(-1, 64).matMul(weight.transpose()).add(bias);

        float[] with = Torch.withGradients(() -> Ops.linear(x, weight, bias)).toFloatArray();
        float[] without = Torch.withoutGradients(() -> Ops.linear(x, weight, bias)).toFloatArray();

        float[] expected = product.toFloatArray();
        assertThat(largestDifference(with, expected)).as("%d outputs", width).isLessThan(1e-3);
        assertThat(largestDifference(without, expected)).as("%d outputs", width).isLessThan(1e-3);
      }
    }
  }

  private static NDArray normal(NDManager manager, Random random, long... shape) {
    Shape of = new Shape(shape);
    float[] values = new float[(int) of.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, of);
  }

  private static double largestDifference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  private static void overwriteFreedMemory() throws InterruptedException {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      System.gc();
      Thread.sleep(20);
      for (int i = 0; i < 2000; i++) {
        buffers.add(ByteBuffer.allocateDirect(4).putInt(0, 0x7f7f7f7f));
      }
    }
  }
}
