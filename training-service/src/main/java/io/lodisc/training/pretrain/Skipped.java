package io.lodisc.training.pretrain;

import io.lodisc.training.pictures.UnreadablePictureException;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pictures of a run that could not be used, up to a share of all. */
final class Skipped {

  private static final int NAMED = 3;

  private final Set<Integer> places;
  private final NavigableMap<Integer, String> reasons = new TreeMap<>();
  private final int pictures;
  private final double maxShare;

  /**
   * @param places in the data set of the pictures that the run has skipped so far, to which it adds
   * @param pictures of the data set
   * @param maxShare of the pictures, 0 to 1
   */
  Skipped(Set<Integer> places, int pictures, double maxShare) {
    this.places = places;
    this.pictures = pictures;
    this.maxShare = maxShare;
  }

  /**
   * Notes a picture by its place in the data set.
   *
   * @throws TrainingException once they are more than the share
   */
  void add(int picture, UnreadablePictureException why) {
    places.add(picture);
    reasons.put(picture, why.getMessage());
    if (places.size() > maxShare * pictures) {
      throw new TrainingException(
          "%s, more than the %.1f %% that a run may skip: %s."
              .formatted(count(), 100 * maxShare, named()),
          "Put them back or take them out, and register the data set again;"
              + " or raise maxUnreadableShare.",
          why);
    }
  }

  TrainingException noneLeft() {
    return new TrainingException(
        "%s, and none is left to take their place in a batch: %s.".formatted(count(), named()),
        "Put them back, or train with a smaller batch.",
        null);
  }

  private String count() {
    return "%d of %d pictures (%.1f %%) cannot be used"
        .formatted(places.size(), pictures, 100.0 * places.size() / pictures);
  }

  /** Some of those that this process has met, with what is wrong with them. */
  private String named() {
    String first = reasons.values().stream().limit(NAMED).collect(Collectors.joining("; "));
    return places.size() > Math.min(NAMED, reasons.size()) ? first + "; …" : first;
  }
}
