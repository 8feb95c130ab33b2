package io.lodisc.model.dataset;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.image.PictureException;
import io.lodisc.model.image.PictureException.Reason;
import java.io.IOException;
import java.nio.file.Files;

/**
 * A picture's file, read once.
 *
 * @param sha256 of its bytes; null if it is no usable picture
 * @param problem why it is none; null if it is one
 */
record ReadFile(Entry entry, String sha256, PictureException problem) {

  static ReadFile of(Entry entry) {
    try {
      byte[] bytes = bytes(entry);
      PictureDecoder.check(bytes, Limits.DEFAULT);
      return new ReadFile(entry, Sha256.of(bytes), null);
    } catch (PictureException e) {
      return new ReadFile(entry, null, e);
    } catch (IOException e) {
      return new ReadFile(
          entry, null, new PictureException(Reason.NOT_A_PICTURE, "it cannot be read", e));
    }
  }

  boolean isUsable() {
    return problem == null;
  }

  private static byte[] bytes(Entry entry) throws IOException {
    long size = Files.size(entry.file());
    if (size > Limits.DEFAULT.maxBytes()) {
      throw new PictureException(
          Reason.TOO_LARGE,
          "it has %d bytes, more than the %d allowed".formatted(size, Limits.DEFAULT.maxBytes()),
          null);
    }
    return Files.readAllBytes(entry.file());
  }
}
