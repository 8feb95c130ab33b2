package io.lodisc.training.housekeeping;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds files that no row names. */
final class Orphans {

  private Orphans() {}

  /**
   * The topmost folders and files that are not named, hold nothing that is, and were not changed
   * for a while.
   *
   * @param named folders that rows name
   * @param before what was changed later stays
   */
  static List<Path> in(Path top, Set<Path> named, Instant before) throws IOException {
    if (named.contains(top)) {
      return List.of();
    }
    if (named.stream().noneMatch(folder -> folder.startsWith(top))) {
      return Trees.changed(top).isBefore(before) ? List.of(top) : List.of();
    }
    List<Path> orphans = new ArrayList<>();
    for (Path child : Trees.content(top)) {
      orphans.addAll(in(child, named, before));
    }
    return orphans;
  }
}
