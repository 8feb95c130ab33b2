package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose checkpoints fill a small file system. */
class FullDiskTest {

  @TempDir private Path folder;
  private Path disk;
  private boolean mounted;
  private final Recorder recorder = new Recorder();

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = call("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0;
    assumeThat(mounted)
        .as("NOT TESTED: a disk that fills; this user may not mount a tmpfs, run as root")
        .isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(call("umount", disk.toString())).isZero();
    }
  }

  @Test
  void thePreviousCheckpointSurvivesAndTheRunGoesOnOnceThereIsRoom() throws Exception {
    Run run = run();

    TrainingException full =
        catchThrowableOfType(TrainingException.class, () -> new Pretraining(run, recorder).train());
    List<Path> written = List.copyOf(recorder.checkpoints());

    assertThat(written).isNotEmpty();
    assertThat(full)
        .hasMessageContaining("checkpoint of step %d ".formatted(written.size() + 1))
        .hasMessageContaining("No space left on device");
    assertThat(full.hint()).contains("Make room", "still good");
    assertThat(content()).containsExactlyElementsOf(written);
    assertThat(Checkpoints.verify(written.getLast()).step()).isEqualTo(written.size());

    assertThat(call("mount", "-o", "remount,size=64m", disk.toString())).isZero();
    assertThat(new Pretraining(run, recorder).train()).isEqualTo(Pretraining.End.DONE);
    assertThat(Checkpoints.verify(content().getLast()).step()).isEqualTo(60);
  }

  private Run run() throws IOException {
    Settings settings =
        SettingsJson.read(
            """
            {"architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
             "epochs": 20, "batch": 4, "headHidden": 32, "headOut": 16, "checkpointSteps": 1,
             "threads": 1}
            """);
    Path pictures = Pictures.folder(folder.resolve("pictures"), 12);
    try (Stream<Path> files = Files.walk(pictures)) {
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      return new Run("full", "noise", settings, all, null, null, disk.resolve("run"), null);
    }
  }

  private List<Path> content() throws IOException {
    try (Stream<Path> all = Files.list(disk.resolve("run"))) {
      return all.filter(path -> !path.endsWith(FolderLock.FILE)).sorted().toList();
    }
  }

  private static int call(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
