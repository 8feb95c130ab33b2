package io.lodisc.model.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors format: an 8-byte little-endian header length, a JSON header, the tensors' bytes.
 * Reads float32 only and trusts nothing that the header says.
 */
public final class SafeTensors {

  private static final int LENGTH_BYTES = 8;

  private SafeTensors() {}

  /** Writes a new file and forces it to disk. Tensors keep the map's order. */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    byte[] header = SafeTensorsHeader.of(tensors).getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer start = buffer(LENGTH_BYTES + header.length);
      write(channel, start.putLong(header.length).put(header).flip());
      for (Tensor tensor : tensors.values()) {
        ByteBuffer bytes = buffer(Math.multiplyExact(Float.BYTES, tensor.values().length));
        bytes.asFloatBuffer().put(tensor.values());
        write(channel, bytes);
      }
      channel.force(true);
    }
  }

  /**
   * Reads every tensor.
   *
   * @throws CheckpointException if the header is oversized or malformed, a type is not F32, offsets
   *     overlap or leave gaps, or the file is shorter or longer than it says
   */
  public static Map<String, Tensor> read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafeTensorsHeader header = readHeader(channel, file);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (SafeTensorsHeader.Entry entry : header.entries()) {
        ByteBuffer bytes = read(channel, header.dataStart() + entry.begin(), entry.bytes(), file);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        tensors.put(entry.name(), new Tensor(values, entry.shape()));
      }
      return tensors;
    }
  }

  private static SafeTensorsHeader readHeader(FileChannel channel, Path file) throws IOException {
    if (channel.size() < LENGTH_BYTES) {
      throw new CheckpointException(
          "%s is truncated: %d bytes hold no header length"
              .formatted(file.getFileName(), channel.size()));
    }
    long length = read(channel, 0, LENGTH_BYTES, file).getLong();
    if (length < 2 || length > SafeTensorsHeader.MAX_BYTES) {
      throw new CheckpointException(
          "%s has an oversized header: %s bytes, at most %d are allowed"
              .formatted(
                  file.getFileName(), Long.toUnsignedString(length), SafeTensorsHeader.MAX_BYTES));
    }
    ByteBuffer json = read(channel, LENGTH_BYTES, length, file);
    long dataStart = LENGTH_BYTES + length;
    return SafeTensorsHeader.parse(
        StandardCharsets.UTF_8.decode(json).toString(), dataStart, channel.size(), file);
  }

  private static ByteBuffer read(FileChannel channel, long position, long count, Path file)
      throws IOException {
    if (position + count > channel.size()) {
      throw new CheckpointException(
          "%s is truncated: %d bytes where %d are needed"
              .formatted(file.getFileName(), channel.size(), position + count));
    }
    ByteBuffer bytes = buffer(Math.toIntExact(count));
    while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {}
    return bytes.flip();
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
