package io.lodisc.training.housekeeping;

import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs and checkpoints, as rows and files, without a worker that makes them. */
final class Stock {

  private final JdbcClient jdbc;
  private final CheckpointRegistry checkpoints;
  private final Home home;

  Stock(JdbcClient jdbc, CheckpointRegistry checkpoints, Home home) {
    this.jdbc = jdbc;
    this.checkpoints = checkpoints;
    this.home = home;
  }

  /** Lets lodisc.home be that of this database. */
  void claimHome() throws IOException {
    Files.writeString(
        home.folder().resolve("installation"),
        jdbc.sql("select id from training.installation").query(String.class).single());
  }

  /** A job in that state, held under fence 7 if it runs. */
  String job(String state, String dataset) {
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    jdbc.sql(
            """
            insert into training.job
              (id, dataset, settings, state, epochs, steps, created_at, fence, lease_until)
            values (:id, :dataset, '{}', :state, 1, 1, now(), 7, now() + interval '1 hour')
            """)
        .param("id", id)
        .param("dataset", dataset)
        .param("state", state)
        .update();
    return id;
  }

  String job(String state) {
    return job(state, "nowhere");
  }

  void set(String job, String assignment) {
    jdbc.sql("update training.job set " + assignment + " where id = :id").param("id", job).update();
  }

  /** A published checkpoint, its job's newest. */
  String checkpoint(String job, long step) throws IOException {
    return published(job, step, Checkpointed.write(folder(job, step), job, step));
  }

  String published(String job, long step, Manifest manifest) {
    String id = job + "-" + step;
    checkpoints.register(id, folder(job, step), manifest);
    set(job, "checkpoint = '" + id + "'");
    return id;
  }

  /** Where a checkpoint of a job's first attempt lies. */
  Path folder(String job, long step) {
    return blobs("checkpoints", job, "attempt-0001", "step-%08d".formatted(step));
  }

  Path blobs(String first, String... more) {
    return home.folder().resolve("blobs").resolve(Path.of(first, more));
  }

  Path run(String job) {
    return home.folder().resolve("runs").resolve(job);
  }

  /** A file that was written two hours ago, as were the folders from {@code top} down. */
  static Path old(Path top, String file) throws IOException {
    Path path = top.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "left");
    age(top);
    return path;
  }

  static void age(Path top) throws IOException {
    FileTime past = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    try (Stream<Path> all = Files.walk(top)) {
      for (Path one : all.toList()) {
        Files.setLastModifiedTime(one, past);
      }
    }
  }

  static long bytes(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
