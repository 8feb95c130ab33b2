package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lodisc.model.engine.Precision;
import io.lodisc.training.child.Child;
import io.lodisc.training.child.ChildCommand;
import io.lodisc.training.child.Progress;
import io.lodisc.training.support.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Two processes that are to train in one folder. */
class FolderLockTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final List<Child> children = new ArrayList<>();
  private Run run;

  @BeforeEach
  void plan() throws IOException {
    Settings settings =
        SettingsJson.read(
            """
            {"architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
             "epochs": 100000, "batch": 4, "headHidden": 32, "headOut": 16, "checkpointSteps": 1,
             "threads": 1}
            """);
    Path pictures = Pictures.folder(folder.resolve("pictures"), 40);
    try (Stream<Path> files = Files.walk(pictures)) {
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      run = new Run("one", "noise", settings, all, null, null, folder.resolve("one"), null);
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Child child : children) {
      child.kill();
      child.endsWithin(PATIENCE);
    }
  }

  @Test
  void whileAProcessTrainsInAFolderNoOtherMay() throws Exception {
    List<Long> steps = start("first");
    await().atMost(PATIENCE).until(() -> !steps.isEmpty());

    assertThatThrownBy(() -> FolderLock.take(run.checkpoints(), Duration.ofMillis(300)))
        .isInstanceOf(TrainingException.class)
        .hasMessage("Another process trains in this folder: %s.", run.checkpoints())
        .extracting(e -> ((TrainingException) e).hint())
        .asString()
        .contains("Wait until it has ended");

    children.getFirst().kill();
    FolderLock.take(run.checkpoints(), PATIENCE).close();
  }

  @Test
  void theNextWaitsForTheOneBeforeAndGoesOnFromItsLastCheckpoint() throws Exception {
    List<Long> first = start("first");
    await().atMost(PATIENCE).until(() -> !first.isEmpty());
    List<Long> second = start("second");
    Path log = folder.resolve("home-second/log.txt");
    await().atMost(PATIENCE).until(() -> Files.readString(log).contains("waiting for another"));

    children.getFirst().ask("cancel");
    assertThat(children.getFirst().endsWithin(PATIENCE)).isTrue();

    await().atMost(PATIENCE).until(() -> !second.isEmpty());
    assertThat(second.getFirst()).isEqualTo(first.getLast() + 1);
  }

  @Test
  void aFolderThatCannotBeMadeIsTold() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> FolderLock.take(file, Duration.ZERO))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("cannot be locked");
  }

  /** Starts the run in a process of its own; returns the steps that it says it has done. */
  private List<Long> start(String name) throws IOException {
    Path home = Files.createDirectories(folder.resolve("home-" + name));
    Files.write(home.resolve("run.json"), JsonMapper.shared().writeValueAsBytes(run));
    List<String> command =
        ChildCommand.of(
            System.getProperty("java.class.path"),
            PretrainingProcess.class.getName(),
            "256m",
            home);
    List<Long> steps = new CopyOnWriteArrayList<>();
    children.add(
        Child.start(
            command,
            home,
            Precision.FP32,
            event -> {
              if (event instanceof Progress progress) {
                steps.add(progress.step());
              }
            }));
    return steps;
  }
}
