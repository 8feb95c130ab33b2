package io.lodisc.model.checkpoint;

import java.util.Arrays;

/**
 * A float32 tensor outside of the engine.
 *
 * @param values row-major
 * @param shape empty for a scalar
 */
public record Tensor(float[] values, long... shape) {

  public Tensor {
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (count != values.length) {
      throw new IllegalArgumentException(
          "a tensor of shape %s has %d values, not %d"
              .formatted(Arrays.toString(shape), count, values.length));
    }
  }
}
