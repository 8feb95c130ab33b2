package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.random.Counter;
import io.lodisc.training.pictures.PictureCache;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.views.ViewSettings;
import io.lodisc.training.views.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchesTest {

  private static final int COUNT = 22;
  private static final int BATCH = 4;
  private static final long SEED = 3;
  private static final int LENGTH = 3 * 16 * 16;

  @TempDir private Path folder;
  private final List<Path> files = new ArrayList<>();
  private final Set<Integer> skipped = new TreeSet<>();
  private final Views views = new Views(ViewSettings.mocoV3(), Preprocessing.imagenet(16));

  @BeforeEach
  void draw() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      Path file = folder.resolve(i + ".png");
      Pictures.png(file, i);
      files.add(file);
    }
  }

  @Test
  void theyDependNeitherOnThreadsNorOnCachesNorOnWhatWasAskedForBefore() throws Exception {
    Path disk = folder.resolve("cache");
    try (Batches one = batches(cache(1 << 20, null), 1, 0);
        Batches many = batches(cache(0, disk), 5, 0)) {
      assertThat(one.stepsPerEpoch()).isEqualTo(5);
      for (int step : new int[] {0, 1, 2, 3, 4, 5, 11, 12, 2, 3}) {
        Batch expected = one.get(step);
        Batch batch = many.get(step);
        assertThat(batch.pictures()).containsExactly(expected.pictures());
        assertThat(batch.x1()).containsExactly(expected.x1());
        assertThat(batch.x2()).containsExactly(expected.x2());
      }
    }
  }

  @Test
  void anEpochUsesEachPictureAtMostOnceInAnOrderOfItsOwn() throws Exception {
    try (Batches batches = batches(cache(0, null), 2, 0)) {
      List<Integer> first = new ArrayList<>();
      List<Integer> second = new ArrayList<>();
      for (int step = 0; step < 10; step++) {
        for (int picture : batches.get(step).pictures()) {
          (step < 5 ? first : second).add(picture);
        }
      }
      assertThat(first).doesNotHaveDuplicates().hasSize(20).isNotEqualTo(second);
      assertThat(second).doesNotHaveDuplicates().allMatch(picture -> picture < COUNT);
    }
  }

  @Test
  void twoBatchesAreDrawnAheadAndNoMore() throws Exception {
    Path disk = folder.resolve("cache");
    try (Batches batches = batches(cache(0, disk), 2, 0)) {
      assertThat(batches.get(0).waitedNanos()).isPositive();
      while (cached(disk) < 3 * BATCH) {
        Thread.sleep(5);
      }
    }
    assertThat(cached(disk)).isEqualTo(3 * BATCH);
  }

  @Test
  void theNextReadablePictureOfTheEpochTakesTheSameFreePlaceWhateverTheThreads() throws Exception {
    int[] order = Counter.shuffle(COUNT, SEED, 0);
    int[] whole;
    float[] ownPlace;
    try (Batches batches = batches(cache(0, null), 1, 0)) {
      whole = batches.get(0).pictures();
      ownPlace = view(batches.get(1).x2(), 1);
    }
    assertThat(whole).containsExactly(Arrays.copyOf(order, BATCH));
    for (int place : new int[] {1, 3, 4}) {
      Files.delete(files.get(order[place]));
    }

    for (int threads : new int[] {1, 4}) {
      try (Batches batches = batches(cache(0, null), threads, 0.2)) {
        Batch batch = batches.get(0);
        assertThat(batch.pictures()).containsExactly(order[0], order[5], order[2], order[6]);
        assertThat(view(batch.x2(), 1)).containsExactly(ownPlace);
        assertThat(skipped).hasSize(3);

        assertThat(batches.get(1).pictures())
            .containsExactly(order[8], order[5], order[6], order[7]);
        assertThat(skipped).hasSize(3);
      }
    }
  }

  @Test
  void behindTheLastPictureTheFirstFollows() throws Exception {
    int[] order = Counter.shuffle(COUNT, SEED, 0);
    for (int place : new int[] {17, 18, 20}) {
      Files.write(files.get(order[place]), new byte[] {1, 2, 3});
    }

    try (Batches batches = batches(cache(0, null), 2, 0.2)) {
      assertThat(batches.get(4).pictures())
          .containsExactly(order[16], order[21], order[0], order[19]);
    }
  }

  @Test
  void moreThanTheShareEndsTheRunAndNamesTheFirst() throws Exception {
    for (int picture : new int[] {2, 3, 5, 7, 11}) {
      Files.delete(files.get(picture));
    }

    try (Batches batches = batches(cache(0, null), 2, 4.0 / COUNT)) {
      assertThatThrownBy(() -> readAll(batches))
          .isInstanceOfSatisfying(
              TrainingException.class,
              e -> assertThat(e.hint()).contains("maxUnreadableShare", "register"))
          .hasMessageContaining("5 of 22 pictures (22.7 %) cannot be used, more than the 18.2 %")
          .hasMessageContaining("2.png cannot be read: the file is gone; ")
          .hasMessageContaining("5.png cannot be read: the file is gone; ….");
    }
    try (Batches batches = batches(cache(0, null), 2, 5.0 / COUNT)) {
      readAll(batches);
      assertThat(skipped).containsExactlyInAnyOrder(2, 3, 5, 7, 11);
    }
  }

  @Test
  void aBatchThatCannotBeFilledEndsTheRun() throws Exception {
    for (int picture = 3; picture < COUNT; picture++) {
      Files.delete(files.get(picture));
    }

    try (Batches batches = batches(cache(0, null), 2, 1)) {
      assertThatThrownBy(() -> batches.get(0))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("19 of 22 pictures")
          .hasMessageContaining("none is left");
    }
  }

  private static void readAll(Batches batches) throws InterruptedException {
    for (int step = 0; step < 10; step++) {
      batches.get(step);
    }
  }

  private PictureCache cache(long bytes, Path disk) {
    return new PictureCache(files, 15, bytes, disk);
  }

  private Batches batches(PictureCache pictures, int threads, double maxUnreadableShare) {
    skipped.clear();
    return new Batches(
        pictures, views, BATCH, SEED, threads, new Skipped(skipped, COUNT, maxUnreadableShare));
  }

  private static float[] view(float[] batch, int place) {
    return Arrays.copyOfRange(batch, place * LENGTH, (place + 1) * LENGTH);
  }

  private static long cached(Path disk) throws IOException {
    if (Files.notExists(disk)) {
      return 0;
    }
    try (Stream<Path> list = Files.list(disk)) {
      return list.filter(file -> file.toString().endsWith(".rgb")).count();
    }
  }
}
