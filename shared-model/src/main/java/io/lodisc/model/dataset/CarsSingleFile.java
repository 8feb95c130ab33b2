package io.lodisc.model.dataset;

import io.lodisc.model.archive.Contents;
import java.io.IOException;
import java.nio.file.Path;

/** One .mat file with the classes' names, and one folder with the pictures of both splits. */
final class CarsSingleFile implements CarsLayout.Form {

  private static final String ANNOTATIONS = "cars_annos.mat";

  @Override
  public String files() {
    return ANNOTATIONS;
  }

  @Override
  public boolean isIn(Path top) {
    return Tops.hasFiles(top, ANNOTATIONS);
  }

  @Override
  public Contents read(Path top) throws IOException {
    MatAnnotations file = MatAnnotations.open(Tops.file(top, ANNOTATIONS));
    CarClasses classes = new CarClasses(file.texts("class_names"));
    AnnotatedPictures pictures = new AnnotatedPictures(top);
    for (MatAnnotations.Row row : file.rows("annotations")) {
      String label = classes.name(row.number("class"), row.where());
      String split = row.number("test") == 0 ? "train" : "test";
      pictures.add(row.text("relative_im_path"), row.where(), label, split);
    }
    return pictures.contents();
  }
}
