package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.evaluation.History;
import io.lodisc.training.pretrain.TrainingLog.EpochRow;
import io.lodisc.training.support.Recorder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of its speed, and of the share that went into waiting for views. */
class PaceTest {

  private static final int EPOCHS = 3;

  @TempDir private Path folder;

  /** Evaluations and checkpoints that take long. */
  private static final class Slow implements RunListener {

    private final Recorder recorder = new Recorder();
    private long slept;
    private long begun;
    private double elapsed;

    @Override
    public void progress(Progress progress) {
      recorder.progress(progress);
      elapsed = (System.nanoTime() - begun - slept) / 1e9;
    }

    @Override
    public void epoch(EpochRow row) {
      recorder.epoch(row);
    }

    @Override
    public void evaluated(int epoch, History evaluations) {
      if (epoch == 0) {
        begun = System.nanoTime();
      } else {
        sleep();
      }
    }

    @Override
    public void checkpoint(Path written, int epoch, long step, Double loss, Double seconds) {
      sleep();
    }

    private void sleep() {
      long from = System.nanoTime();
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      slept += System.nanoTime() - from;
    }
  }

  @Test
  void neitherEvaluationsNorCheckpointsCountAsTraining() throws Exception {
    TinyRuns runs = TinyRuns.in(folder);
    Slow slow = new Slow();

    new Pretraining(runs.run("slow", TinyRuns.settings(EPOCHS, 1, 1e-3), null), slow).train();

    int images = 3 * 4;
    double trained =
        slow.recorder.epochs().stream().mapToDouble(row -> images / row.imagesPerSecond()).sum();
    double lastSteps = EPOCHS * images / slow.recorder.progress().getLast().imagesPerSecond();
    assertThat(trained).isPositive().isLessThan(slow.elapsed);
    assertThat(lastSteps).isPositive().isLessThan(slow.elapsed);
  }

  /** They are decoded in the first epoch and lie in memory from then on. */
  @Test
  void aRunWaitsForPicturesThatAreLargeAndNotForThoseInMemory() throws Exception {
    List<Path> pictures = large(12);
    Settings settings =
        SettingsJson.read(
            """
            {"architecture": {"imageSize": 16, "patch": 4, "width": 32, "depth": 2, "heads": 2},
             "epochs": 3, "batch": 4, "headHidden": 16, "headOut": 8, "threads": 1}
            """);
    Run run = new Run("wait", "large", settings, pictures, null, null, folder.resolve("w"), null);

    List<EpochRow> epochs = TinyRuns.train(run, new Recorder()).epochs();

    assertThat(epochs.getFirst().dataWait()).isBetween(0.7, 1.0);
    assertThat(epochs.getLast().dataWait()).isBetween(0.0, 0.3);
  }

  private List<Path> large(int count) throws IOException {
    Path first = folder.resolve("large.png");
    ImageIO.write(new BufferedImage(2000, 2000, BufferedImage.TYPE_INT_RGB), "png", first.toFile());
    List<Path> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(Files.copy(first, folder.resolve(i + ".png")));
    }
    return pictures;
  }
}
