package io.lodisc.benchmarks;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.random.Counter;
import io.lodisc.training.pictures.TrainingDecoder;
import io.lodisc.training.views.ViewSettings;
import io.lodisc.training.views.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** From the bytes of a JPEG to the two views that a step takes in, on one thread. */
public final class ViewsBenchmark {

  private static final int SIDE = 224;
  private static final long SEED = 1;

  private final Views views = new Views(ViewSettings.mocoV3(), Preprocessing.imagenet(SIDE));
  private final float[] pair = new float[2 * views.length()];
  private final List<byte[]> files;

  private ViewsBenchmark(List<byte[]> files) {
    this.files = files;
  }

  /**
   * @param arguments a folder of JPEGs, and the seconds to warm up and to measure
   */
  public static void main(String[] arguments) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> list = Files.list(Path.of(arguments[0]))) {
      for (Path file : list.sorted().toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
    double seconds = Double.parseDouble(arguments[1]);
    ViewsBenchmark benchmark = new ViewsBenchmark(files);
    benchmark.picturesPerSecond(seconds);
    System.out.printf("views lodisc %.1f%n", benchmark.picturesPerSecond(seconds));
  }

  private double picturesPerSecond(double seconds) {
    long began = System.nanoTime();
    int done = 0;
    double passed;
    do {
      draw(done++);
      passed = (System.nanoTime() - began) / 1e9;
    } while (passed < seconds);
    return done / passed;
  }

  private void draw(int count) {
    int index = count % files.size();
    int epoch = count / files.size();
    Picture picture = TrainingDecoder.decode(files.get(index), views.sourceSide());
    views.draw(picture, false, Counter.at(SEED, epoch, index, 1), pair, 0);
    views.draw(picture, true, Counter.at(SEED, epoch, index, 2), pair, views.length());
  }
}
