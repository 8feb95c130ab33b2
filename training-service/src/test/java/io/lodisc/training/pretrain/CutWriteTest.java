package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.engine.Precision;
import io.lodisc.training.child.Child;
import io.lodisc.training.child.ChildCommand;
import io.lodisc.training.child.ChildEvent;
import io.lodisc.training.child.ChildEvent.Done;
import io.lodisc.training.child.ChildEvent.Failed;
import io.lodisc.training.child.ChildEvent.Last;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * A training process in which the system cuts a checkpoint's file off while it is written, as a
 * disk that fills does: no file may be longer than half a mebibyte.
 */
class CutWriteTest {

  private static final int BLOCKS_OF_512 = 1024;

  @TempDir private Path folder;
  private Run run;

  @BeforeEach
  void plan() throws IOException {
    Settings settings =
        SettingsJson.read(
            """
            {"architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
             "epochs": 4, "batch": 4, "headHidden": 192, "headOut": 64, "checkpointSteps": 1,
             "threads": 1}
            """);
    Path pictures = Pictures.folder(folder.resolve("pictures"), 12);
    try (Stream<Path> files = Files.walk(pictures)) {
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      run = new Run("cut", "noise", settings, all, null, null, folder.resolve("cut"), null);
    }
  }

  @Test
  void thePreviousCheckpointSurvivesAndTheRunGoesOnFromIt() throws Exception {
    Recorder begun = new Recorder(2);
    assertThat(new Pretraining(run, begun).train()).isEqualTo(Pretraining.End.CANCELLED);
    Path last = begun.checkpoints().getLast();
    assertThat(Files.size(last.resolve(CheckpointWriter.OPTIMIZER))).isGreaterThan(512 * 1024);

    assertThat(train("sh", "-c", "ulimit -f %d; exec \"$@\"".formatted(BLOCKS_OF_512), "sh"))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.reason())
                  .contains("The checkpoint of step 3 could not be written", "File too large");
              assertThat(failed.hint()).contains("the checkpoint before it is still good");
            });
    assertThat(content()).containsExactlyElementsOf(begun.checkpoints());
    assertThat(Checkpoints.verify(last).step()).isEqualTo(2);

    assertThat(train()).isInstanceOf(Done.class);
    assertThat(Checkpoints.verify(content().getLast()).step()).isEqualTo(12);
  }

  /** How a process ends that trains under a shell's command. */
  private Last train(String... shell) throws IOException, InterruptedException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.write(home.resolve("run.json"), JsonMapper.shared().writeValueAsBytes(run));
    List<String> command = new ArrayList<>(List.of(shell));
    command.addAll(
        ChildCommand.of(
            System.getProperty("java.class.path"),
            PretrainingProcess.class.getName(),
            "256m",
            home));
    AtomicReference<Last> last = new AtomicReference<>();
    Child child = Child.start(command, home, Precision.FP32, event -> hear(event, last));
    assertThat(child.endsWithin(Duration.ofMinutes(2))).isTrue();
    return last.get();
  }

  private static void hear(ChildEvent event, AtomicReference<Last> last) {
    if (event instanceof Last end) {
      last.set(end);
    }
  }

  /** All that there is but the lock. */
  private List<Path> content() throws IOException {
    try (Stream<Path> all = Files.list(run.checkpoints())) {
      return all.filter(path -> !path.endsWith(FolderLock.FILE)).sorted().toList();
    }
  }
}
