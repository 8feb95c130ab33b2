package io.lodisc.training.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Miniatures of public data sets, laid out as they are distributed. */
public final class Replicas {

  private Replicas() {}

  /** CUB-200-2011: two train and three test pictures of three classes, one of them only in test. */
  public static Path cub(Path folder) throws IOException {
    Path top = folder.resolve("CUB_200_2011");
    List<String> images =
        List.of(
            "001.Black_footed_Albatross/1.jpg",
            "001.Black_footed_Albatross/2.jpg",
            "002.Laysan_Albatross/1.jpg",
            "002.Laysan_Albatross/3.jpg",
            "003.Sooty_Albatross/4.jpg");
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < images.size(); i++) {
      list.append("%d %s\n".formatted(i + 1, images.get(i)));
      picture(top.resolve("images").resolve(images.get(i)), i);
    }
    Files.writeString(top.resolve("images.txt"), list);
    Files.writeString(
        top.resolve("classes.txt"),
        "1 001.Black_footed_Albatross\n2 002.Laysan_Albatross\n3 003.Sooty_Albatross\n");
    Files.writeString(top.resolve("image_class_labels.txt"), "1 1\n2 1\n3 2\n4 2\n5 3\n");
    Files.writeString(top.resolve("train_test_split.txt"), "1 1\n2 0\n3 1\n4 0\n5 0\n");
    return folder;
  }

  /** Caltech-101 with two classes of that many pictures each. */
  public static Path caltech101(Path folder, int pictures) throws IOException {
    for (int i = 1; i <= pictures; i++) {
      for (String label : List.of("accordion", "yin_yang")) {
        picture(
            folder.resolve("101_ObjectCategories/%s/image_%04d.jpg".formatted(label, i)),
            label.length() * 1000L + i);
      }
    }
    return folder;
  }

  public static void picture(Path file, long seed) throws IOException {
    Files.createDirectories(file.getParent());
    Pictures.png(file, seed);
  }
}
