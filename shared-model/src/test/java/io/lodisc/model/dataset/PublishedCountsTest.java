package io.lodisc.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.archive.PictureFolder.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets of full size; their files are listed here, not read, and so empty. */
class PublishedCountsTest {

  @TempDir Path folder;

  @Test
  void cubIsWhole() {
    StringBuilder images = new StringBuilder();
    StringBuilder labels = new StringBuilder();
    StringBuilder splits = new StringBuilder();
    StringBuilder classes = new StringBuilder();
    IntStream.rangeClosed(1, 200).forEach(i -> classes.append("%d %03d.Bird\n".formatted(i, i)));
    for (int i = 1; i <= 11_788; i++) {
      String path = "%03d.Bird/%d.jpg".formatted(i % 200 + 1, i);
      images.append("%d %s\n".formatted(i, path));
      labels.append("%d %d\n".formatted(i, i % 200 + 1));
      splits.append("%d %d\n".formatted(i, i <= 5994 ? 1 : 0));
      empty("images/" + path);
    }
    Replicas.text(folder.resolve("images.txt"), images.toString());
    Replicas.text(folder.resolve("image_class_labels.txt"), labels.toString());
    Replicas.text(folder.resolve("train_test_split.txt"), splits.toString());
    Replicas.text(folder.resolve("classes.txt"), classes.toString());

    assertWhole("cub");
  }

  @Test
  void carsAreWhole() {
    List<String> names = IntStream.rangeClosed(1, 196).mapToObj(i -> "Car " + i).toList();
    MatFiles.write(
        folder.resolve("devkit/cars_meta.mat"), Map.of("class_names", MatFiles.cell(names)));
    Replicas.annotations(folder.resolve("devkit/cars_train_annos.mat"), cars("train", 8144));
    Replicas.annotations(folder.resolve("cars_test_annos_withlabels.mat"), cars("test", 8041));

    assertWhole("cars");
  }

  @Test
  void aircraftAreWhole() {
    List<String> variants = IntStream.range(0, 100).mapToObj(i -> "Variant " + i).toList();
    StringBuilder train = new StringBuilder();
    StringBuilder test = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      (i < 6667 ? train : test).append("%07d %s\n".formatted(i, variants.get(i % 100)));
      empty("data/images/%07d.jpg".formatted(i));
    }
    Replicas.text(folder.resolve("data/variants.txt"), String.join("\n", variants));
    Replicas.text(folder.resolve("data/images_variant_trainval.txt"), train.toString());
    Replicas.text(folder.resolve("data/images_variant_test.txt"), test.toString());

    assertWhole("aircraft");
  }

  @Test
  void caltech101IsWholeAndSplitLikeThePapers() {
    for (int i = 0; i < 9145; i++) {
      empty("101_ObjectCategories/class%03d/image_%04d.jpg".formatted(i % 102, i));
    }

    Listing caltech = assertWhole("caltech101");

    assertThat(caltech.entries().stream().filter(e -> e.split().equals("test"))).hasSize(2323);
    assertThat(caltech.entries().stream().filter(e -> e.split().equals("train"))).hasSize(6822);
  }

  private Listing assertWhole(String layout) {
    Listing listing = Layouts.read("auto", folder, LayoutOptions.DEFAULT);
    assertThat(listing.layout()).isEqualTo(layout);
    assertThat(listing.missing()).isEmpty();
    assertThat(listing.counts()).isNotEmpty().allMatch(Count::isRight);
    assertThat(listing.entries()).extracting(Entry::id).doesNotHaveDuplicates();
    return listing;
  }

  private List<Map<String, Object>> cars(String split, int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      rows.add(Map.of("class", i % 196 + 1, "fname", "%05d.jpg".formatted(i)));
      empty("cars_%s/%05d.jpg".formatted(split, i));
    }
    return rows;
  }

  private void empty(String path) {
    Drawn.write(folder.resolve(path), new byte[0]);
  }
}
