package io.lodisc.training.follow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** An attempt's log file, read piece by piece while it grows. */
public final class LogFile {

  /** Bytes of a piece, at most. */
  static final int PIECE = 1 << 15;

  private static final int LONGEST_CHARACTER = 4;

  private final Path file;
  private final long attempt;
  private long position;

  /**
   * @param position where to begin, in bytes
   */
  public LogFile(Path file, long attempt, long position) {
    this.file = file;
    this.attempt = attempt;
    this.position = position;
  }

  /**
   * The next whole lines, or a part of a line that is longer than a piece; the same until it is
   * {@link #passed}.
   *
   * @param ended whether nothing more will be written, so that a last line without an end is whole
   */
  public Optional<LogPiece> next(boolean ended) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] bytes = read();
    int length = lines(bytes);
    if (length == 0 && bytes.length == PIECE) {
      length = wholeCharacters(bytes);
    } else if (length == 0 && ended) {
      length = bytes.length;
    }
    return length == 0
        ? Optional.empty()
        : Optional.of(new LogPiece(attempt, position, Arrays.copyOf(bytes, length)));
  }

  public void passed(LogPiece piece) {
    position = piece.to();
  }

  private byte[] read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(PIECE);
    try (FileChannel channel = FileChannel.open(file)) {
      while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
        // until the piece is full or the file ends
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static int lines(byte[] bytes) {
    for (int end = bytes.length; end > 0; end--) {
      if (bytes[end - 1] == '\n') {
        return end;
      }
    }
    return 0;
  }

  /** The length without a UTF-8 character that begins and does not end in it. */
  private static int wholeCharacters(byte[] bytes) {
    for (int back = 1; back < LONGEST_CHARACTER; back++) {
      int b = bytes[bytes.length - back] & 0xff;
      if (b < 0x80) {
        return bytes.length;
      }
      if (b >= 0xc0) {
        int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        return length > back ? bytes.length - back : bytes.length;
      }
    }
    return bytes.length;
  }
}
