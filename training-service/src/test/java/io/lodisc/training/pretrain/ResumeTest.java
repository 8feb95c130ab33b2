package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.training.child.ChildEnvironment;
import io.lodisc.training.support.Pictures;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Training processes that are killed and started again, against one that ran through. */
class ResumeTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int STEPS = 12;
  private static final int VANISHED = 7;

  @TempDir private Path folder;

  /** What a run does between the checkpoints that it goes on from. */
  private enum Kind {
    /** Masks and dropout are drawn, and each step is saved. */
    DRAWN(
        """
        "predictorDropout": 0.1, "mask": "random", "checkpointSteps": 1, "threads": 1
        """),
    /** No projector, four averages a step, batches in parts, and steps that are taken again. */
    RELEASED(
        """
        "profile": "released", "mask": "location", "maskedTokens": "dropped", "accumulation": 2,
        "checkpointSteps": 2, "checkpointEpochs": 4, "threads": 2
        """);

    private final String settings;

    Kind(String settings) {
      this.settings = settings;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunKilledAtAnyStepAndWhileSavingEndsInTheSameBytes(Kind kind) throws Exception {
    List<Path> pictures = pictures();
    Files.delete(pictures.get(VANISHED));
    Run whole = run("whole", kind, pictures);
    assertThat(train(whole, Kill.NEVER)).isZero();

    Run killed = run("killed", kind, pictures);
    for (Kill kill : List.of(new Kill(1, false), new Kill(3, false), new Kill(7, false))) {
      assertThat(train(killed, kill)).isNotZero();
    }
    while (!savingWasCut(killed)) {
      Files.deleteIfExists(leftover(killed));
      assertThat(train(killed, new Kill(0, true))).as("no save was met").isNotZero();
    }
    assertThat(train(killed, Kill.NEVER)).isZero();

    Path one = last(whole);
    Path other = last(killed);
    assertThat(Checkpoints.verify(other).files()).isEqualTo(Checkpoints.verify(one).files());
    assertThat(losses(other)).isEqualTo(losses(one)).hasSize(4);
    assertThat(log(other).skipped()).isEqualTo(log(one).skipped()).containsExactly(VANISHED);
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws Exception {
    Run run = run("damaged", Kind.DRAWN, pictures());
    assertThat(train(run, Kill.NEVER)).isZero();
    Path last = last(run);
    Files.write(last.resolve(Checkpoints.ENCODER), new byte[10]);

    assertThat(Resumption.newest(run).orElseThrow().getFileName())
        .hasToString("step-%08d".formatted(STEPS - 1));
  }

  @Test
  void aRunOfOtherSettingsDoesNotGoOn() throws Exception {
    Run run = run("other", Kind.DRAWN, pictures());
    assertThat(train(run, new Kill(3, false))).isNotZero();
    Settings settings = SettingsJson.read("{\"batch\": 32, \"epochs\": 3, \"learningRate\": 0.5}");
    Run other =
        new Run(
            run.job(),
            run.dataset(),
            settings,
            run.pictures(),
            null,
            run.start(),
            run.checkpoints(),
            null);

    assertThatThrownBy(() -> Resumption.newest(other))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("other settings");
  }

  /**
   * When to kill.
   *
   * @param step after which; 0: none
   * @param saving as soon as a checkpoint is being written
   */
  private record Kill(int step, boolean saving) {
    static final Kill NEVER = new Kill(0, false);
  }

  /** Runs the process, kills it as told, and returns its exit value. */
  private int train(Run run, Kill kill) throws IOException, InterruptedException {
    Path home = Files.createDirectories(folder.resolve("home-" + run.job()));
    Files.write(home.resolve("run.json"), JSON.writeValueAsBytes(run));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PretrainingProcess.class.getName(),
                home.toString())
            .redirectError(home.resolve("log.txt").toFile());
    ChildEnvironment.prepare(builder.environment(), run.settings().precision());
    Process process = builder.start();
    if (kill.saving()) {
      Thread.ofPlatform().start(() -> killWhileSaving(process, run));
    }
    try (BufferedReader events = process.inputReader()) {
      for (String line = events.readLine(); line != null; line = events.readLine()) {
        JsonNode event = JSON.readTree(line);
        if (kill.step() > 0 && event.path("step").asInt() >= kill.step()) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    return process.waitFor();
  }

  private static void killWhileSaving(Process process, Run run) {
    while (process.isAlive()) {
      try {
        if (savingWasCut(run)) {
          process.toHandle().destroyForcibly();
          return;
        }
      } catch (IOException e) {
        // the folder is changing under the look
      }
    }
  }

  private static boolean savingWasCut(Run run) throws IOException {
    return leftover(run) != null && Files.exists(leftover(run));
  }

  private static Path leftover(Run run) throws IOException {
    return list(run).stream()
        .filter(path -> path.getFileName().toString().startsWith("."))
        .findFirst()
        .orElse(run.checkpoints().resolve("none"));
  }

  private static Path last(Run run) throws IOException {
    return list(run).getLast();
  }

  private static List<Path> list(Run run) throws IOException {
    Path checkpoints = run.checkpoints();
    if (!Files.isDirectory(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(checkpoints)) {
      return content.sorted().toList();
    }
  }

  private static List<Double> losses(Path checkpoint) {
    return log(checkpoint).epochs().stream().map(TrainingLog.EpochRow::loss).toList();
  }

  private static TrainingLog log(Path checkpoint) {
    return TrainingLog.of(Checkpoints.manifest(checkpoint).training());
  }

  private List<Path> pictures() throws IOException {
    Path root = Pictures.folder(folder.resolve("pictures"), 50);
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Run run(String name, Kind kind, List<Path> pictures) {
    Settings settings =
        SettingsJson.read(
            """
            {"architecture": {"imageSize": 32, "patch": 4, "width": 48, "depth": 2, "heads": 4,
               "positions": "learned"},
             "epochs": 4, "batch": 16, "headHidden": 64, "headOut": 32, "seed": 3, %s}
            """
                .formatted(kind.settings));
    return new Run(
        name, "noise", settings, pictures, null, null, folder.resolve("checkpoints-" + name), null);
  }
}
