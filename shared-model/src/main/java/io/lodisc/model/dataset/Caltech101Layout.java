package io.lodisc.model.dataset;

import io.lodisc.model.archive.ClassFolders;
import io.lodisc.model.archive.Contents;
import io.lodisc.model.archive.PictureFolder.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Caltech-101 with BACKGROUND_Google, which the paper's 9,145 pictures include. It is distributed
 * without a split, and the paper's is unpublished: a stratified one is drawn.
 */
final class Caltech101Layout implements Layout {

  private static final String FOLDER = "101_ObjectCategories";

  @Override
  public String name() {
    return "caltech101";
  }

  @Override
  public String files() {
    return "folder " + FOLDER;
  }

  @Override
  public Optional<Path> find(Path root) throws IOException {
    if (root.endsWith(FOLDER)) {
      return Optional.of(root);
    }
    return Tops.find(root, top -> Tops.hasFolders(top, FOLDER)).map(top -> top.resolve(FOLDER));
  }

  @Override
  public Contents read(Path top, LayoutOptions options) throws IOException {
    return new Contents(StratifiedSplit.draw(ClassFolders.read(top), options), List.of());
  }

  @Override
  public List<Count> counts(List<Entry> entries) {
    return List.of(Count.ofPictures(entries, 9145), Count.ofClasses(entries, 102));
  }

  @Override
  public List<String> notes(LayoutOptions options) {
    return List.of(
        String.format(
            Locale.ROOT,
            "The split is a stratified one drawn here (seed %d, test share %.4f), not the paper's"
                + " 6,822 / 2,323, which is unpublished.",
            options.seed(),
            options.testShare()));
  }
}
