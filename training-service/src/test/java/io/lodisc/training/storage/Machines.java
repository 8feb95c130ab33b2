package io.lodisc.training.storage;

import io.lodisc.training.TrainingApplication;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.WorkerProcess;
import io.lodisc.web.blob.S3Mock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A bucket and workers with nothing else in common: each has a lodisc.home of its own. */
final class Machines implements AutoCloseable {

  private final S3Mock mock = new S3Mock();
  private final List<WorkerProcess> workers = new ArrayList<>();
  private String bucket;

  S3Mock store() {
    return mock;
  }

  /** Starts the store and lets a service use it. */
  void properties(DynamicPropertyRegistry registry) {
    mock.start();
    bucket = mock.bucket();
    mock.properties(bucket)
        .forEach(
            property -> {
              String[] pair = property.split("=", 2);
              registry.add(pair[0], () -> pair[1]);
            });
  }

  List<String> keys(String prefix) {
    return mock.keys(bucket, prefix);
  }

  /** A worker that runs, in a home of its own. A property given twice would be a list. */
  WorkerProcess worker(String database, Path home, String... more)
      throws IOException, InterruptedException {
    List<String> properties =
        new ArrayList<>(
            List.of(
                "lodisc.training.roles=worker",
                "lodisc.training.child-memory=512m",
                "lodisc.training.queue.lease=3s",
                "lodisc.training.queue.heartbeat=300ms",
                "lodisc.training.queue.backoff=200ms",
                "server.port=0"));
    properties.addAll(mock.properties(bucket));
    properties.addAll(List.of(more));
    WorkerProcess worker =
        WorkerProcess.start(
            TrainingApplication.class, database, Files.createDirectories(home), properties);
    workers.add(worker);
    return worker.awaitStart();
  }

  /** A zip of that many pictures in two classes. */
  static Path zip(Path folder, int pictures) throws IOException {
    Path unpacked = Pictures.folder(folder.resolve("unpacked"), pictures);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (Path file : files(unpacked)) {
      entries.put(unpacked.relativize(file).toString(), Files.readAllBytes(file));
    }
    return Pictures.zip(folder.resolve("pictures.zip"), entries);
  }

  /** A zip of 24 pictures in three classes, half of them to test on. */
  static Path split(Path folder) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < 24; i++) {
      Path file = folder.resolve(i + ".png");
      Pictures.png(file, i);
      entries.put(
          "%s/class%d/%d.png".formatted(i < 12 ? "train" : "test", i % 3, i),
          Files.readAllBytes(file));
    }
    return Pictures.zip(folder.resolve("split.zip"), entries);
  }

  /** The files below a folder. */
  static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void endWorkers() throws InterruptedException, IOException {
    for (WorkerProcess worker : workers) {
      worker.close();
    }
    workers.clear();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    endWorkers();
    mock.close();
  }
}
