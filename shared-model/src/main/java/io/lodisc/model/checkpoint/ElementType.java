package io.lodisc.model.checkpoint;

import java.nio.ByteBuffer;

/** How safetensors files hold a tensor's elements; all are known, floats are read. */
enum ElementType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  F8_E4M3(1),
  F8_E5M2(1),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Of one element. */
  int bytes() {
    return bytes;
  }

  boolean isRead() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** All that is left in the buffer as float32, a value too large for it as infinite. */
  float[] floats(ByteBuffer from) {
    float[] values = new float[from.remaining() / bytes];
    if (this == F32) {
      from.asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (this) {
            case F64 -> (float) from.getDouble();
            case F16 -> Float.float16ToFloat(from.getShort());
            case BF16 -> Float.intBitsToFloat(from.getShort() << Short.SIZE);
            default -> throw new IllegalStateException(this + " is not read");
          };
    }
    return values;
  }
}
