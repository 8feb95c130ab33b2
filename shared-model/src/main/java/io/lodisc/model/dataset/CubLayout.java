package io.lodisc.model.dataset;

import io.lodisc.model.archive.Contents;
import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.PairFile.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Caltech-UCSD Birds-200-2011. Its classes are named such as {@code 001.Black_footed_Albatross}.
 */
final class CubLayout implements Layout {

  private static final String IMAGES = "images.txt";
  private static final String LABELS = "image_class_labels.txt";
  private static final String SPLIT = "train_test_split.txt";
  private static final String CLASSES = "classes.txt";

  @Override
  public String name() {
    return "cub";
  }

  @Override
  public String files() {
    return String.join(", ", IMAGES, LABELS, SPLIT, CLASSES) + " (CUB_200_2011)";
  }

  @Override
  public Optional<Path> find(Path root) throws IOException {
    return Tops.find(root, top -> Tops.hasFiles(top, IMAGES, LABELS, SPLIT, CLASSES));
  }

  @Override
  public Contents read(Path top, LayoutOptions options) throws IOException {
    PairFile labels = PairFile.read(Tops.file(top, LABELS));
    PairFile splits = PairFile.read(Tops.file(top, SPLIT));
    PairFile classes = PairFile.read(Tops.file(top, CLASSES));
    AnnotatedPictures pictures = new AnnotatedPictures(top);
    for (Pair image : PairFile.read(Tops.file(top, IMAGES)).pairs()) {
      String label = classes.value(labels.value(image.key(), image.where()), image.where());
      String split = split(splits.value(image.key(), image.where()), image);
      pictures.add("images/" + image.value(), image.where(), label, split);
    }
    return pictures.contents();
  }

  private static String split(String isTrain, Pair image) {
    return switch (isTrain) {
      case "1" -> "train";
      case "0" -> "test";
      default ->
          throw DatasetException.annotations(
              SPLIT,
              "picture %s is neither 1 (train) nor 0 (test) but '%s'"
                  .formatted(image.key(), isTrain),
              null);
    };
  }

  @Override
  public List<Count> counts(List<Entry> entries) {
    return List.of(
        Count.ofSplit(entries, "train", 5994),
        Count.ofSplit(entries, "test", 5794),
        Count.ofClasses(entries, 200));
  }
}
