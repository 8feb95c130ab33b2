package io.lodisc.model.checkpoint;

import io.lodisc.model.checkpoint.SafeTensorsHeader.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedSet;

/** An open safetensors file: its header is checked, its tensors are read one at a time. */
public final class SafeTensorsFile implements AutoCloseable {

  static final int LENGTH_BYTES = 8;

  private final Path file;
  private final FileChannel channel;
  private final SafeTensorsHeader header;
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();

  private SafeTensorsFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.header = readHeader();
    header.entries().forEach(entry -> entries.put(entry.name(), entry));
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws CheckpointException if the header is oversized or malformed, offsets overlap or leave
   *     gaps, or the file is shorter or longer than it says
   */
  public static SafeTensorsFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new SafeTensorsFile(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The tensors' names in the data's order. */
  public SequencedSet<String> names() {
    return entries.sequencedKeySet();
  }

  /** What the writer noted beside the tensors. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** The shape of a tensor that is there. */
  public long[] shape(String name) {
    return entries.get(name).shape().clone();
  }

  /**
   * Reads a tensor that is there as float32.
   *
   * @throws CheckpointException if it is not of type F32, F16, BF16 or F64, or has more than 2^29
   *     elements
   */
  public Tensor read(String name) throws IOException {
    Entry entry = entries.get(name);
    if (!entry.type().isRead()) {
      throw refuse("holds '%s' as %s; F32, F16, BF16 and F64 are read", name, entry.type());
    }
    if (entry.bytes() > Integer.MAX_VALUE || entry.elements() > Integer.MAX_VALUE / Float.BYTES) {
      throw refuse("holds '%s' in %d bytes, more than is read at once", name, entry.bytes());
    }
    ByteBuffer bytes = read(header.dataStart() + entry.begin(), entry.bytes());
    return new Tensor(entry.type().floats(bytes), entry.shape());
  }

  private SafeTensorsHeader readHeader() throws IOException {
    if (channel.size() < LENGTH_BYTES) {
      throw refuse("is truncated: %d bytes hold no header length", channel.size());
    }
    long length = read(0, LENGTH_BYTES).getLong();
    if (length < 2 || length > SafeTensorsHeader.MAX_BYTES) {
      throw refuse(
          "has an oversized header: %s bytes, at most %d are allowed",
          Long.toUnsignedString(length), SafeTensorsHeader.MAX_BYTES);
    }
    ByteBuffer json = read(LENGTH_BYTES, length);
    return SafeTensorsHeader.parse(
        StandardCharsets.UTF_8.decode(json).toString(),
        LENGTH_BYTES + length,
        channel.size(),
        file);
  }

  private ByteBuffer read(long position, long count) throws IOException {
    if (position + count > channel.size()) {
      throw refuse("is truncated: %d bytes where %d are needed", channel.size(), position + count);
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(count)).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {}
    return bytes.flip();
  }

  private CheckpointException refuse(String what, Object... arguments) {
    return new CheckpointException(file.getFileName() + " " + what.formatted(arguments));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
