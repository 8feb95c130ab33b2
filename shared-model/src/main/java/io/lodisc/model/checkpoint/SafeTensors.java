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
 * Writes float32, reads every kind of float as float32, and trusts nothing that a header says.
 */
public final class SafeTensors {

  private SafeTensors() {}

  /** Writes a new file and forces it to disk. Tensors keep the map's order. */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    write(file, Map.of(), tensors);
  }

  /** Writes a new file with notes beside the tensors, in the maps' order. */
  public static void write(Path file, Map<String, String> metadata, Map<String, Tensor> tensors)
      throws IOException {
    byte[] header = SafeTensorsHeader.of(metadata, tensors).getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer start = buffer(SafeTensorsFile.LENGTH_BYTES + header.length);
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
   * @throws CheckpointException if the file is malformed or a tensor is none of floats
   */
  public static Map<String, Tensor> read(Path file) throws IOException {
    try (SafeTensorsFile open = SafeTensorsFile.open(file)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String name : open.names()) {
        tensors.put(name, open.read(name));
      }
      return tensors;
    }
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
