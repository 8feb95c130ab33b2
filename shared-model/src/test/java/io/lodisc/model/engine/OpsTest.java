package io.lodisc.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
