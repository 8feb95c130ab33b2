package io.lodisc.training.pretrain;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The pictures of a data set, decoded when first used and kept while they fit into memory. */
final class PictureCache {

  private final List<Path> files;
  private final AtomicReferenceArray<Picture> decoded;
  private final AtomicLong room;

  /**
   * @param bytes of decoded pixels to keep
   */
  PictureCache(List<Path> files, long bytes) {
    this.files = files;
    this.decoded = new AtomicReferenceArray<>(files.size());
    this.room = new AtomicLong(bytes);
  }

  int size() {
    return files.size();
  }

  /**
   * A picture by its place in the list.
   *
   * @throws TrainingException if its file cannot be read or decoded
   */
  Picture get(int index) {
    Picture picture = decoded.get(index);
    if (picture == null) {
      picture = decode(files.get(index));
      if (room.addAndGet(-picture.rgb().length) >= 0) {
        decoded.set(index, picture);
      }
    }
    return picture;
  }

  private static Picture decode(Path file) {
    try {
      return PictureDecoder.decode(Files.readAllBytes(file), PictureDecoder.Limits.DEFAULT);
    } catch (PictureException e) {
      throw new TrainingException(
          "The picture %s cannot be used: %s".formatted(file, e.getMessage()),
          "Repair it or take it out, and register the data set again.",
          e);
    } catch (IOException e) {
      throw new TrainingException(
          "The picture %s cannot be read.".formatted(file),
          "Put it back, or register the data set again.",
          e);
    }
  }
}
