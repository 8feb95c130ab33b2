package io.lodisc.model.dataset;

import io.lodisc.model.archive.ArchiveException;
import io.lodisc.model.archive.Contents;
import io.lodisc.model.archive.MissingFile;
import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.DatasetException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The layouts there are, by name; {@code auto} recognises which it is. */
public final class Layouts {

  public static final String AUTO = "auto";

  private static final Layout MANIFEST = new ManifestLayout();
  private static final Layout FOLDER = new FolderLayout();
  private static final List<Layout> PUBLISHED =
      List.of(new CubLayout(), new CarsLayout(), new AircraftLayout(), new Caltech101Layout());

  private record Found(Layout layout, Path top) {}

  private Layouts() {}

  /** Every name that {@link #read} takes. */
  public static List<String> names() {
    return Stream.concat(Stream.of(AUTO), all().map(Layout::name)).toList();
  }

  /**
   * Lists the pictures of a data set.
   *
   * @param layout one of {@link #names}; {@code auto} takes a manifest where there is one, then a
   *     published set by its files, else class folders or a flat folder
   * @throws DatasetException if there is no such layout, or the folder does not have it
   * @throws ArchiveException EMPTY without a picture, TRAVERSAL where a path leaves the root,
   *     BAD_MANIFEST where a manifest is wrong
   */
  public static Listing read(String layout, Path root, LayoutOptions options) {
    if (!Files.isDirectory(root)) {
      throw new ArchiveException(
          ArchiveException.Reason.EMPTY, "there is no folder '%s'".formatted(root), null);
    }
    try {
      Found found = find(layout, root.toRealPath());
      return listing(found.layout(), found.layout().read(found.top(), options), options);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the folder", e);
    }
  }

  private static Listing listing(Layout layout, Contents contents, LayoutOptions options) {
    List<Entry> entries =
        contents.entries().stream().sorted(Comparator.comparing(Entry::path)).toList();
    if (entries.isEmpty()) {
      throw empty(contents.missing());
    }
    return new Listing(
        layout.name(), entries, contents.missing(), layout.counts(entries), layout.notes(options));
  }

  private static Found find(String name, Path root) throws IOException {
    if (AUTO.equals(name)) {
      return recognised(root);
    }
    Layout layout =
        all().filter(l -> l.name().equals(name)).findFirst().orElseThrow(() -> unknown(name));
    return layout
        .find(root)
        .map(top -> new Found(layout, top))
        .orElseThrow(
            () ->
                new DatasetException(
                    Reason.WRONG_LAYOUT,
                    "The folder is not laid out as '%s': there is no %s."
                        .formatted(name, layout.files()),
                    "Register the folder that holds these, or leave layout out to have it"
                        + " recognised.",
                    null));
  }

  private static Found recognised(Path root) throws IOException {
    List<Found> found = found(List.of(MANIFEST), root);
    if (found.isEmpty()) {
      found = found(PUBLISHED, root);
    }
    if (found.isEmpty()) {
      found = found(List.of(FOLDER), root);
    }
    if (found.size() > 1) {
      String names =
          found.stream().map(f -> "'" + f.layout().name() + "'").collect(Collectors.joining(", "));
      throw new DatasetException(
          Reason.WRONG_LAYOUT,
          "The folder is laid out in more ways than one: %s.".formatted(names),
          "Name the layout, or register the folder of one set.",
          null);
    }
    return found.getFirst();
  }

  private static List<Found> found(List<Layout> layouts, Path root) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Layout layout : layouts) {
      layout.find(root).ifPresent(top -> found.add(new Found(layout, top)));
    }
    return found;
  }

  private static Stream<Layout> all() {
    return Stream.concat(PUBLISHED.stream(), Stream.of(FOLDER, MANIFEST));
  }

  private static DatasetException unknown(String name) {
    return new DatasetException(
        Reason.BAD_REQUEST,
        "There is no layout '%s'.".formatted(name),
        "The layouts there are: " + String.join(", ", names()) + ".",
        null);
  }

  private static ArchiveException empty(List<MissingFile> missing) {
    String message =
        missing.isEmpty()
            ? "there is no picture in it"
            : "none of the %d pictures that are listed is there, first '%s' (%s)"
                .formatted(missing.size(), missing.getFirst().path(), missing.getFirst().namedBy());
    return new ArchiveException(ArchiveException.Reason.EMPTY, message, null);
  }
}
