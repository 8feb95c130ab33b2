package io.lodisc.inference.embedding;

import io.lodisc.model.encoder.QueryEncoder;
import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.image.PictureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.web.multipart.MultipartFile;

/** Some of a request's files, for one thread. */
record Piece(List<MultipartFile> files, int from, int to, Limits limits, EmbeddingMeters meters) {

  /** Decoded pixels that are held at once before they are embedded. */
  private static final long PIXELS = 16_000_000;

  /** Stops early, with fewer vectors, once the request is abandoned. */
  List<float[]> embed(QueryEncoder encoder, AtomicBoolean abandoned) {
    List<float[]> vectors = new ArrayList<>();
    List<Picture> decoded = new ArrayList<>();
    long pixels = 0;
    for (int i = from; i < to && !abandoned.get(); i++) {
      int file = i;
      Picture picture = meters.decode().record(() -> decode(file));
      decoded.add(picture);
      pixels += (long) picture.width() * picture.height();
      if (pixels > PIXELS || i == to - 1) {
        vectors.addAll(List.of(meters.forward(decoded, () -> encoder.embed(decoded))));
        decoded.clear();
        pixels = 0;
      }
    }
    return vectors;
  }

  private Picture decode(int i) {
    MultipartFile file = files.get(i);
    try {
      if (file.getSize() > limits.maxBytes()) {
        throw new PictureException(
            PictureException.Reason.TOO_LARGE,
            "the file has %d bytes, more than the %d allowed"
                .formatted(file.getSize(), limits.maxBytes()),
            null);
      }
      return PictureDecoder.decode(file.getBytes(), limits);
    } catch (PictureException e) {
      if (files.size() == 1) {
        throw e;
      }
      throw new PictureException(
          e.reason(),
          "image %d (%s): %s".formatted(i + 1, file.getOriginalFilename(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the upload", e);
    }
  }
}
