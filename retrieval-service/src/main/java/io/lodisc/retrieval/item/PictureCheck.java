package io.lodisc.retrieval.item;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.image.PictureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** Decodes pictures before anything is stored, so many at once as there are processors. */
@Component
public class PictureCheck {

  private static final Limits LIMITS = Limits.DEFAULT;

  private final Semaphore decodes = new Semaphore(Runtime.getRuntime().availableProcessors());

  /** Checks a file by its header alone, as what is not stored is decoded by its reader. */
  public CheckedPicture header(Resource file) {
    byte[] bytes = bytes(file);
    PictureDecoder.Header header = PictureDecoder.inspect(bytes, LIMITS);
    return new CheckedPicture(
        sha256(bytes),
        header.mediaType(),
        header.width(),
        header.height(),
        new ByteArrayResource(bytes));
  }

  /**
   * Checks a file to its last pixel.
   *
   * @throws PictureException if it cannot be decoded
   */
  public CheckedPicture whole(Resource file) {
    byte[] bytes = bytes(file);
    PictureDecoder.Header header = PictureDecoder.inspect(bytes, LIMITS);
    decodes.acquireUninterruptibly();
    try {
      Picture picture = PictureDecoder.decode(bytes, LIMITS);
      return new CheckedPicture(
          sha256(bytes), header.mediaType(), picture.width(), picture.height(), file);
    } finally {
      decodes.release();
    }
  }

  private static byte[] bytes(Resource file) {
    try {
      if (file.contentLength() > LIMITS.maxBytes()) {
        throw new PictureException(
            PictureException.Reason.TOO_LARGE,
            "The file has %d bytes; %d are allowed."
                .formatted(file.contentLength(), LIMITS.maxBytes()),
            null);
      }
      return file.getContentAsByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
