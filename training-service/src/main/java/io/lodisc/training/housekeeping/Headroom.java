package io.lodisc.training.housekeeping;

import io.lodisc.training.TrainingFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Whether the disk that checkpoints are written to has room. */
@Component
public class Headroom {

  private final Path folder;
  private final long needed;
  private final Housekeeper housekeeper;

  Headroom(TrainingFolders folders, HousekeepingProperties properties, Housekeeper housekeeper) {
    this.folder = folders.checkpoints();
    this.needed = properties.diskHeadroom().toBytes();
    this.housekeeper = housekeeper;
  }

  /** Why no job should write now, after all was deleted that may be; empty if there is room. */
  public Optional<String> lacking() throws IOException {
    return lacking(0);
  }

  /** The same of so many bytes more. */
  public Optional<String> lacking(long bytes) throws IOException {
    if (free() >= needed + bytes) {
      return Optional.empty();
    }
    housekeeper.tidy();
    long left = free();
    if (left >= needed + bytes) {
      return Optional.empty();
    }
    String reserve = "the %d MB of lodisc.training.disk-headroom".formatted(megabytes(needed));
    return Optional.of(
        "The disk of lodisc.home has %d MB free, less than %s."
            .formatted(
                megabytes(left),
                bytes == 0
                    ? reserve
                    : "%d MB that are to be fetched and %s".formatted(megabytes(bytes), reserve)));
  }

  private long free() throws IOException {
    return Files.getFileStore(Files.createDirectories(folder)).getUsableSpace();
  }

  private static long megabytes(long bytes) {
    return DataSize.ofBytes(bytes).toMegabytes();
  }
}
