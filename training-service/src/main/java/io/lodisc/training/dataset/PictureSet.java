package io.lodisc.training.dataset;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.CheckedPictures;
import io.lodisc.model.dataset.DatasetReport.Unreadable;
import io.lodisc.model.dataset.Layouts;
import io.lodisc.model.dataset.Listing;
import io.lodisc.model.dataset.PictureSplits;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The pictures of a folder that is about to be registered, every file read. */
record PictureSet(CheckedPictures checked, PictureSplits splits) {

  /** Reads a folder, or refuses it. */
  static PictureSet read(Path root, Reading reading) {
    Listing listing = Layouts.read(reading.layout(), root, reading.options());
    PictureSplits.of(
        listing.entries(), reading.split()); // a wrong split is told before the reading
    CheckedPictures checked = CheckedPictures.read(listing, reading.partial());
    return new PictureSet(checked, PictureSplits.of(checked.usable(), reading.split()));
  }

  /**
   * Lists a folder again, without what was unreadable when it was registered: one of a version that
   * did not keep which pictures there were.
   */
  static PictureSplits again(Path root, Reading reading, List<String> leftOut) {
    Set<String> out = new HashSet<>(leftOut);
    List<Entry> entries =
        Layouts.read(reading.layout(), root, reading.options()).entries().stream()
            .filter(entry -> !out.contains(entry.path()))
            .toList();
    return PictureSplits.of(entries, reading.split());
  }

  List<String> leftOut() {
    return checked.unreadable().stream().map(Unreadable::path).toList();
  }

  int labels() {
    return distinct(Entry::label);
  }

  int groups() {
    return distinct(Entry::group);
  }

  private int distinct(Function<Entry, String> of) {
    return (int) splits.training().stream().map(of).filter(Objects::nonNull).distinct().count();
  }
}
