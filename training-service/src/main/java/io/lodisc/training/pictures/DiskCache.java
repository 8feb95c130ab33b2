package io.lodisc.training.pictures;

import io.lodisc.model.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Decoded pictures as files: width, height and checksum, then the RGB bytes as they are. Raw,
 * because reading them has to beat decoding a JPEG. A file is named by the picture's path, size,
 * time and the short side it was shrunk to, so that a changed picture is another file. What cannot
 * be written is left out, what is damaged counts as missing.
 */
final class DiskCache {

  /** Left free on the disk, for checkpoints. */
  private static final long RESERVE = 1L << 30;

  private static final String FORMAT = "1";
  private static final int HEADER = 16;

  private final Path folder;
  private final int shortSide;

  DiskCache(Path folder, int shortSide) {
    this.folder = folder;
    this.shortSide = shortSide;
  }

  /** Null if the picture is not there. */
  Picture read(Path file, FileVersion version) {
    Path cached = path(file, version);
    if (!Files.exists(cached)) {
      return null;
    }
    try (InputStream in = Files.newInputStream(cached)) {
      ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER));
      int width = header.getInt();
      int height = header.getInt();
      long checksum = header.getLong();
      byte[] rgb = in.readNBytes(Math.toIntExact(Files.size(cached) - HEADER));
      return checksum == checksum(rgb) ? new Picture(width, height, rgb) : null;
    } catch (IOException | RuntimeException damaged) {
      return null;
    }
  }

  void write(Path file, FileVersion version, Picture picture) {
    try {
      Files.createDirectories(folder);
      if (Files.getFileStore(folder).getUsableSpace() - picture.rgb().length < RESERVE) {
        return;
      }
      Path part = Files.createTempFile(folder, "picture", ".part");
      try (OutputStream out = Files.newOutputStream(part)) {
        out.write(header(picture));
        out.write(picture.rgb());
      } catch (IOException e) {
        Files.deleteIfExists(part);
        throw e;
      }
      Files.move(part, path(file, version), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException full) {
      // The picture is decoded again when it is next needed.
    }
  }

  private static byte[] header(Picture picture) {
    return ByteBuffer.allocate(HEADER)
        .putInt(picture.width())
        .putInt(picture.height())
        .putLong(checksum(picture.rgb()))
        .array();
  }

  private static long checksum(byte[] rgb) {
    CRC32C checksum = new CRC32C();
    checksum.update(rgb);
    return checksum.getValue();
  }

  private Path path(Path file, FileVersion version) {
    String key =
        String.join(
            "\n",
            FORMAT,
            file.toAbsolutePath().normalize().toString(),
            Long.toString(version.size()),
            version.modified().toString(),
            Integer.toString(shortSide));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash) + ".rgb");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
