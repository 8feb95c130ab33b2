package io.lodisc.inference.model;

import io.lodisc.model.checkpoint.CheckpointException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that arrived.
 *
 * @param sha256 in hexadecimal
 */
record Download(long bytes, String sha256) {

  static Download write(String file, InputStream body, Path to, long maxBytes) throws IOException {
    MessageDigest hash = newHash();
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    try (OutputStream out = Files.newOutputStream(to)) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        bytes += n;
        if (bytes > maxBytes) {
          throw new CheckpointException("%s has more than %d bytes".formatted(file, maxBytes));
        }
        hash.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
    }
    return new Download(bytes, HexFormat.of().formatHex(hash.digest()));
  }

  private static MessageDigest newHash() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
