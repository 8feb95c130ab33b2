package io.lodisc.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where the service's large bytes lie: all under lodisc.home, but for allowed data set roots. Where
 * the store of blobs is apart, its keys are the paths below {@code blobs}, and what lies there is
 * written by this machine or a copy.
 */
@Component
public class TrainingFolders {

  private final Path home;
  private final List<Path> datasetRoots;

  TrainingFolders(
      @Value("${lodisc.home:${user.home}/.lodisc}") Path home, TrainingProperties properties) {
    this.home = home.toAbsolutePath().normalize();
    List<Path> roots = properties.datasetRoots();
    this.datasetRoots =
        roots == null || roots.isEmpty()
            ? List.of(made(this.home.resolve("datasets")))
            : roots.stream().map(r -> r.toAbsolutePath().normalize()).toList();
  }

  /** The folder of everything else, made if it was not there. */
  public Path home() {
    return made(home);
  }

  /** Folders under which data sets may lie; some may not exist. */
  public List<Path> datasetRoots() {
    return datasetRoots;
  }

  /** Where uploaded data sets lie. */
  public Path datasets() {
    return blobs().resolve("datasets");
  }

  /** Where an uploaded data set lies. */
  public Path dataset(String name) {
    return made(datasets()).resolve(name);
  }

  /** For uploads on their way, on the same volume as where they go. */
  public Path incoming() {
    return made(blobs().resolve("incoming"));
  }

  /** Where all checkpoints lie but those that were configured: a folder a job. */
  public Path checkpoints() {
    return blobs().resolve("checkpoints");
  }

  /** Where a job's checkpoints lie. */
  public Path checkpoints(String job) {
    return checkpoints().resolve(job);
  }

  /** Where imported checkpoints lie: in the place of a job's, with a name that none has. */
  public Path imported() {
    return checkpoints("imported");
  }

  /** Where an imported checkpoint lies. */
  public Path imported(String folder) {
    return imported().resolve(folder);
  }

  /** The working folders of all jobs. */
  public Path runs() {
    return home.resolve("runs");
  }

  /** Where reports lie: a folder a job. */
  public Path reports() {
    return blobs().resolve("reports");
  }

  /** Where a job's report lies. */
  public Path report(String job) {
    return reports().resolve(job);
  }

  /** The working folder of a job's process: its orders and its log. */
  public Path run(String job) {
    return runs().resolve(job);
  }

  /** Where shrunk pictures of a data set lie that a job's memory has no room for. */
  public Path pictureCache(String dataset) {
    return home.resolve("cache").resolve(dataset);
  }

  /** Whether a folder is below the blobs, so that its {@link #key} is one of the store's too. */
  public boolean isBlob(Path folder) {
    return folder.startsWith(blobs());
  }

  /** The blob that an uploaded data set is, where the store is apart. */
  public static String zip(String dataset) {
    return dataset + ".zip";
  }

  /** The name of a folder in a row: relative to the blobs where it is one of them. */
  public String key(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return (absolute.startsWith(blobs()) ? blobs().relativize(absolute) : absolute).toString();
  }

  /** The inverse of {@link #key}. */
  public Path folder(String key) {
    return blobs().resolve(key);
  }

  private Path blobs() {
    return home.resolve("blobs");
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be made", e);
    }
  }
}
