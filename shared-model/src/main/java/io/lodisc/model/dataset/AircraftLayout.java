package io.lodisc.model.dataset;

import io.lodisc.model.archive.Contents;
import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.PairFile.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** FGVC-Aircraft by variant; its {@code trainval} is what is trained on. */
final class AircraftLayout implements Layout {

  private static final String VARIANTS = "variants.txt";
  private static final String TRAIN = "images_variant_trainval.txt";
  private static final String TEST = "images_variant_test.txt";

  @Override
  public String name() {
    return "aircraft";
  }

  @Override
  public String files() {
    return "data folder with %s, %s, %s (fgvc-aircraft-2013b)".formatted(VARIANTS, TRAIN, TEST);
  }

  @Override
  public Optional<Path> find(Path root) throws IOException {
    Optional<Path> around = Tops.find(root, top -> isData(top.resolve("data")));
    return around.isPresent()
        ? around.map(top -> top.resolve("data"))
        : Optional.of(root).filter(AircraftLayout::isData);
  }

  private static boolean isData(Path folder) {
    return Tops.hasFiles(folder, VARIANTS, TRAIN, TEST);
  }

  @Override
  public Contents read(Path top, LayoutOptions options) throws IOException {
    Set<String> variants = Set.copyOf(PairFile.lines(Tops.file(top, VARIANTS)));
    AnnotatedPictures pictures = new AnnotatedPictures(top);
    add(pictures, variants, Tops.file(top, TRAIN), "train");
    add(pictures, variants, Tops.file(top, TEST), "test");
    return pictures.contents();
  }

  private static void add(AnnotatedPictures pictures, Set<String> variants, Path file, String split)
      throws IOException {
    for (Pair image : PairFile.read(file).pairs()) {
      if (!variants.contains(image.value())) {
        throw DatasetException.annotations(
            image.where(), "%s does not list '%s'".formatted(VARIANTS, image.value()), null);
      }
      pictures.add("images/%s.jpg".formatted(image.key()), image.where(), image.value(), split);
    }
  }

  @Override
  public List<Count> counts(List<Entry> entries) {
    return List.of(
        Count.ofSplit(entries, "train", 6667),
        Count.ofSplit(entries, "test", 3333),
        Count.ofClasses(entries, 100));
  }
}
