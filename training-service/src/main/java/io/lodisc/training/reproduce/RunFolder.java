package io.lodisc.training.reproduce;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.training.pretrain.Run;
import io.lodisc.training.pretrain.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The folder of a run: what it was told, its checkpoints, and once it is finished its result. */
record RunFolder(Path path) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> FREE =
      List.of("threads", "checkpointEpochs", "checkpointSteps");

  static RunFolder of(Path to, PlannedRun run) {
    return new RunFolder(to.toAbsolutePath().resolve("runs").resolve(run.name()));
  }

  Path checkpoints() {
    return path.resolve("checkpoints");
  }

  private Path file(String name) {
    return path.resolve(name);
  }

  boolean isFinished() {
    return Files.isRegularFile(file("result.json"));
  }

  Result result() {
    return JSON.readValue(file("result.json").toFile(), Result.class);
  }

  /** What it was told when it was begun; null if it never was. */
  Run begun() {
    return Files.isRegularFile(file("run.json"))
        ? JSON.readValue(file("run.json").toFile(), Run.class)
        : null;
  }

  /** Tells it what to do; one that was begun before stays as old as it is. */
  void begin(Run run) throws IOException {
    Files.createDirectories(checkpoints());
    Path told = file("run.json");
    FileTime first = Files.exists(told) ? Files.getLastModifiedTime(told) : null;
    write("run.json", JSON.writeValueAsBytes(run));
    if (first != null) {
      Files.setLastModifiedTime(told, first);
    }
  }

  /** Whether two runs train the same, on however many threads. */
  static boolean same(Settings one, Settings other) {
    ObjectNode mine = JSON.valueToTree(one);
    ObjectNode theirs = JSON.valueToTree(other);
    return mine.without(FREE).equals(theirs.without(FREE));
  }

  /** The checkpoints there are, oldest first. */
  List<Path> written() {
    try (Stream<Path> folders = Files.list(checkpoints())) {
      return folders.filter(f -> f.getFileName().toString().startsWith("step-")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps the result and the last encoder; what only training needs goes. */
  void finish(Result result) throws IOException {
    Path encoder = written().getLast().resolve(Checkpoints.ENCODER);
    Files.copy(encoder, file(Checkpoints.ENCODER), StandardCopyOption.REPLACE_EXISTING);
    write("result.json", JSON.writeValueAsBytes(result));
    try (Stream<Path> tree = Files.walk(checkpoints())) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void write(String name, byte[] content) throws IOException {
    Path unfinished = file(name + ".part");
    Files.write(unfinished, content);
    Files.move(
        unfinished,
        file(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
