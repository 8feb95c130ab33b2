package io.lodisc.model.dataset;

import io.lodisc.model.archive.PictureFolder.Entry;
import java.util.List;
import java.util.Objects;

/**
 * A number of the published set beside what was found.
 *
 * @param what such as {@code train pictures}
 */
public record Count(String what, int expected, int found) {

  static Count ofSplit(List<Entry> entries, String split, int expected) {
    long found = entries.stream().filter(e -> split.equals(e.split())).count();
    return new Count(split + " pictures", expected, (int) found);
  }

  static Count ofPictures(List<Entry> entries, int expected) {
    return new Count("pictures", expected, entries.size());
  }

  static Count ofClasses(List<Entry> entries, int expected) {
    long found = entries.stream().map(Entry::label).filter(Objects::nonNull).distinct().count();
    return new Count("classes", expected, (int) found);
  }

  boolean isRight() {
    return expected == found;
  }

  @Override
  public String toString() {
    return "%d %s where there should be %d".formatted(found, what, expected);
  }
}
