package io.lodisc.model.dataset;

import io.lodisc.model.archive.Contents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * As first distributed: the devkit's .mat files, and {@code cars_train} and {@code cars_test},
 * which reuse file names. The test labels came later, in a file of their own; without it the test
 * pictures have no labels.
 */
final class CarsDevkit implements CarsLayout.Form {

  private static final String TRAIN = "devkit/cars_train_annos.mat";
  private static final String META = "devkit/cars_meta.mat";
  private static final List<String> TEST =
      List.of(
          "cars_test_annos_withlabels.mat",
          "devkit/cars_test_annos_withlabels.mat",
          "devkit/cars_test_annos.mat");

  @Override
  public String files() {
    return TRAIN + " with " + META;
  }

  @Override
  public boolean isIn(Path top) {
    return Tops.hasFiles(top, TRAIN, META);
  }

  @Override
  public Contents read(Path top) throws IOException {
    CarClasses classes =
        new CarClasses(MatAnnotations.open(Tops.file(top, META)).texts("class_names"));
    AnnotatedPictures pictures = new AnnotatedPictures(top);
    add(pictures, classes, Tops.file(top, TRAIN), "train");
    Optional<String> test = TEST.stream().filter(f -> Tops.hasFiles(top, f)).findFirst();
    if (test.isPresent()) {
      add(pictures, classes, Tops.file(top, test.get()), "test");
    }
    return pictures.contents();
  }

  private static void add(AnnotatedPictures pictures, CarClasses classes, Path file, String split)
      throws IOException {
    for (MatAnnotations.Row row : MatAnnotations.open(file).rows("annotations")) {
      String label = row.has("class") ? classes.name(row.number("class"), row.where()) : null;
      pictures.add("cars_%s/%s".formatted(split, row.text("fname")), row.where(), label, split);
    }
  }
}
