package io.lodisc.training.pictures;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.image.PictureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The pictures of a data set, decoded and shrunk when first used; kept in memory up to a bound,
 * beyond it on disk. Where a picture comes from changes none of its bytes. For several threads.
 */
public final class PictureCache {

  private record Kept(FileVersion version, Picture picture) {}

  private final List<Path> files;
  private final int shortSide;
  private final AtomicReferenceArray<Kept> memory;
  private final AtomicLong room;
  private final DiskCache disk;

  /**
   * @param shortSide the most pixels that a picture's short side keeps
   * @param bytes of decoded pixels to keep in memory
   * @param folder for those beyond; null decodes them each time
   */
  public PictureCache(List<Path> files, int shortSide, long bytes, Path folder) {
    this.files = List.copyOf(files);
    this.shortSide = shortSide;
    this.memory = new AtomicReferenceArray<>(files.size());
    this.room = new AtomicLong(bytes);
    this.disk = folder == null ? null : new DiskCache(folder, shortSide);
  }

  public int size() {
    return files.size();
  }

  /**
   * A picture by its place in the list.
   *
   * @throws UnreadablePictureException if its file has vanished, cannot be read or decoded
   */
  public Picture get(int index) {
    Path file = files.get(index);
    try {
      FileVersion version = FileVersion.of(file);
      Kept kept = memory.get(index);
      if (kept != null && kept.version().equals(version)) {
        return kept.picture();
      }
      Picture picture = disk == null ? null : disk.read(file, version);
      boolean decoded = picture == null;
      if (decoded) {
        picture = decode(file);
      }
      if (!keep(index, kept, new Kept(version, picture)) && decoded && disk != null) {
        disk.write(file, version, picture);
      }
      return picture;
    } catch (PictureException e) {
      throw new UnreadablePictureException(
          "%s cannot be used: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      String why = Files.notExists(file) ? "the file is gone" : String.valueOf(e.getMessage());
      throw new UnreadablePictureException("%s cannot be read: %s".formatted(file, why), e);
    }
  }

  private Picture decode(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) Limits.DEFAULT.maxBytes() + 1);
      return TrainingDecoder.decode(bytes, shortSide);
    }
  }

  /** False if there is no room for it. */
  private boolean keep(int index, Kept before, Kept now) {
    long more = size(now) - size(before);
    if (room.addAndGet(-more) < 0) {
      room.addAndGet(more);
      return false;
    }
    if (!memory.compareAndSet(index, before, now)) {
      room.addAndGet(more);
    }
    return true;
  }

  private static long size(Kept kept) {
    return kept == null ? 0 : kept.picture().rgb().length;
  }
}
