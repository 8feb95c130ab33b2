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
    if (free() >= needed) {
      return Optional.empty();
    }
    housekeeper.tidy();
    long left = free();
    return left >= needed
        ? Optional.empty()
        : Optional.of(
            "The disk of lodisc.home has %d MB free, less than the %d MB of"
                    .formatted(megabytes(left), megabytes(needed))
                + " lodisc.training.disk-headroom.");
  }

  private long free() throws IOException {
    return Files.getFileStore(Files.createDirectories(folder)).getUsableSpace();
  }

  private static long megabytes(long bytes) {
    return DataSize.ofBytes(bytes).toMegabytes();
  }
}
