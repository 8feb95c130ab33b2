package io.lodisc.training.pretrain;

import io.lodisc.model.random.Counter;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.training.evaluation.Labelled;
import io.lodisc.training.evaluation.Splits;
import io.lodisc.training.support.Recorder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs of a tiny model on fourteen pictures, three steps an epoch.
 *
 * @param folder has a folder a run
 */
record TinyRuns(Path folder, List<Path> pictures) {

  static final Architecture TINY = new Architecture(16, 4, 16, 2, 2, 2, Positions.SINCOS);

  /** Draws the pictures. */
  static TinyRuns in(Path folder) throws IOException {
    List<Path> pictures = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      BufferedImage image = new BufferedImage(20, 18, BufferedImage.TYPE_INT_RGB);
      RandomGenerator random = Counter.at(i);
      for (int p = 0; p < 20 * 18; p++) {
        image.setRGB(p % 20, p / 20, random.nextInt(1 << 24));
      }
      Path file = folder.resolve(i + ".png");
      ImageIO.write(image, "png", file.toFile());
      pictures.add(file);
    }
    return new TinyRuns(folder, pictures);
  }

  Recorder train(String name, Settings settings) throws InterruptedException {
    return train(run(name, settings, null), new Recorder());
  }

  Recorder train(String name, Settings settings, Path start) throws InterruptedException {
    return train(run(name, settings, start), new Recorder());
  }

  static Recorder train(Run run, Recorder recorder) throws InterruptedException {
    new Pretraining(run, recorder).train();
    return recorder;
  }

  Run run(String name, Settings settings, Path start) {
    return new Run(name, "tiny", settings, pictures, splits(), start, folder.resolve(name), null);
  }

  Path checkpoint(String name, int step) {
    return folder.resolve(name).resolve("step-%08d".formatted(step));
  }

  /** The first twelve are four of a class, half of them to learn from. */
  private Splits splits() {
    return new Splits(labelled(0), labelled(1));
  }

  private List<Labelled> labelled(int remainder) {
    return IntStream.range(0, 12)
        .filter(i -> i % 2 == remainder)
        .mapToObj(i -> new Labelled(pictures.get(i), "class " + i / 4, "picture " + i))
        .toList();
  }

  static Settings settings(int epochs, int checkpointSteps, double rate) {
    return settings(TINY, epochs, checkpointSteps, rate);
  }

  static Settings settings(
      Architecture architecture, int epochs, int checkpointSteps, double rate) {
    return SettingsJson.read(
        """
        {"architecture": %s, "epochs": %d, "batch": 4, "learningRate": %s, "weightDecay": 0.1,
         "maskRatio": 0.5, "headHidden": 16, "headOut": 8, "trainPatchProjection": true, "seed": 1,
         "checkpointSteps": %d, "threads": 1,
         "evaluation": {"everyEpochs": 2, "probeEpochs": 3, "batch": 4}}
        """
            .formatted(
                JsonMapper.shared().writeValueAsString(architecture),
                epochs,
                rate,
                checkpointSteps));
  }
}
