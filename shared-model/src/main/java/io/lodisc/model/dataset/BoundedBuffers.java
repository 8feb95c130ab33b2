package io.lodisc.model.dataset;

import java.nio.ByteBuffer;
import us.hebi.matlab.mat.format.BufferAllocator;

/** Refuses a file that unpacks to more than is sound. */
final class BoundedBuffers implements BufferAllocator {

  private long left;

  /**
   * @param bytes in all
   */
  BoundedBuffers(long bytes) {
    this.left = bytes;
  }

  @Override
  public ByteBuffer allocate(int bytes) {
    left -= bytes;
    if (left < 0) {
      throw new IllegalStateException("the file unpacks to too many bytes");
    }
    return ByteBuffer.allocate(bytes);
  }

  @Override
  public void release(ByteBuffer buffer) {
    left += buffer.capacity();
  }
}
