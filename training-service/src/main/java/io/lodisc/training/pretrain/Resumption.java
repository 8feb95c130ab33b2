package io.lodisc.training.pretrain;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds where a run that was ended goes on: at its newest whole checkpoint. */
final class Resumption {

  private Resumption() {}

  /**
   * The newest checkpoint of the run that is whole, whichever attempt wrote it; damaged ones are
   * passed over.
   *
   * @throws TrainingException if it is of other settings or pictures
   */
  static Optional<Path> newest(Run run) {
    for (Path folder : newestFirst(run)) {
      try {
        requireSame(run, Checkpoints.verify(folder));
        return Optional.of(folder);
      } catch (CheckpointException damaged) {
        System.err.println("passing over " + folder + ": " + damaged.getMessage());
      }
    }
    return Optional.empty();
  }

  private static void requireSame(Run run, Manifest manifest) {
    if (!SettingsJson.sameRun(manifest.settings(), run.settings())) {
      throw new TrainingException(
          "The run's folder holds checkpoints of other settings.",
          "Give the settings it was begun with, or another folder.",
          null);
    }
  }

  private static List<Path> newestFirst(Run run) {
    return Stream.concat(
            Stream.of(run.checkpoints()),
            run.earlier().stream().flatMap(f -> Stream.concat(Stream.of(f), folders(f).stream())))
        .distinct()
        .flatMap(folder -> folders(folder).stream())
        .filter(path -> path.getFileName().toString().startsWith(CheckpointWriter.PREFIX))
        .sorted(Comparator.comparing(Path::getFileName).reversed())
        .toList();
  }

  private static List<Path> folders(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The run's folder cannot be read", e);
    }
  }
}
