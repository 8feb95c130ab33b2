package io.lodisc.model.dataset;

import io.lodisc.model.archive.ClassFolders;
import io.lodisc.model.archive.Contents;
import io.lodisc.model.archive.PictureFolder.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Class folders under {@code car_data/train} and {@code car_data/test}. */
final class CarsFolders implements CarsLayout.Form {

  private static final String FOLDER = "car_data";

  @Override
  public String files() {
    return FOLDER + " with train and test";
  }

  @Override
  public boolean isIn(Path top) {
    return data(top).isPresent();
  }

  @Override
  public Contents read(Path top) throws IOException {
    List<Entry> entries = ClassFolders.read(data(top).orElseThrow());
    for (Entry entry : entries) {
      if (entry.split() == null) {
        throw DatasetException.annotations(
            FOLDER, "it holds pictures outside of train and test", null);
      }
    }
    return new Contents(entries, List.of());
  }

  /** One archive of it has the folder twice, one in the other. */
  private static Optional<Path> data(Path top) {
    Path folder = top.resolve(FOLDER);
    return Stream.of(top, folder, folder.resolve(FOLDER))
        .filter(f -> f.endsWith(FOLDER) && Tops.hasFolders(f, "train", "test"))
        .findFirst();
  }
}
