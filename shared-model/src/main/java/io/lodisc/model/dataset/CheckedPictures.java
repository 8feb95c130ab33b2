package io.lodisc.model.dataset;

import io.lodisc.model.archive.ArchiveException;
import io.lodisc.model.archive.MissingFile;
import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.DatasetException.Reason;
import io.lodisc.model.dataset.DatasetReport.Unreadable;
import io.lodisc.model.image.PictureException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A data set of which every file was read: it may be used.
 *
 * @param usable the entries whose files are whole pictures
 * @param unreadable the others, all of them
 */
public record CheckedPictures(
    List<Entry> usable, List<Unreadable> unreadable, DatasetReport report) {

  /** Of the pictures, how many may be unreadable or missing: an accident, not another set. */
  public static final double TOLERATED = 0.05;

  /**
   * Reads every file of a listing. A file's structure is walked to its end; no pixel is decoded.
   *
   * @param partial the set is known to be incomplete: published counts only warn, and any number of
   *     listed files may be missing
   * @throws DatasetException WRONG_COUNTS if it is not as published
   * @throws PictureException if more than the tolerated share cannot be read, with the reason of
   *     the first
   * @throws ArchiveException BAD_MANIFEST if more than the tolerated share is missing
   */
  public static CheckedPictures read(Listing listing, boolean partial) {
    if (!partial) {
      refuseWrongCounts(listing);
      refuseTooManyMissing(listing);
    }
    List<ReadFile> files = FileReading.all(listing.entries());
    refuseTooManyUnreadable(files);
    List<Unreadable> unreadable =
        files.stream()
            .filter(f -> !f.isUsable())
            .map(f -> new Unreadable(f.entry().path(), f.problem().getMessage()))
            .toList();
    return new CheckedPictures(
        files.stream().filter(ReadFile::isUsable).map(ReadFile::entry).toList(),
        unreadable,
        Reporting.on(listing, files, unreadable));
  }

  private static void refuseWrongCounts(Listing listing) {
    List<Count> wrong = listing.counts().stream().filter(c -> !c.isRight()).toList();
    if (wrong.isEmpty()) {
      return;
    }
    String missing = listing.missing().isEmpty() ? "" : ". " + sentence(listing.missing());
    throw new DatasetException(
        Reason.WRONG_COUNTS,
        "The set is not '%s' as published: %s%s."
            .formatted(
                listing.layout(),
                wrong.stream().map(Count::toString).collect(Collectors.joining(", ")),
                missing),
        "Unpack the whole set again; if a part is what you want, say \"partial\": true (--partial);"
            + " if it is another set, \"layout\": \"folder\" (--layout folder).",
        null);
  }

  private static void refuseTooManyMissing(Listing listing) {
    int missing = listing.missing().size();
    if (isTooMany(missing, missing + listing.entries().size())) {
      throw new ArchiveException(
          ArchiveException.Reason.BAD_MANIFEST, sentence(listing.missing()), null);
    }
  }

  private static String sentence(List<MissingFile> missing) {
    return "%d of the listed files are not there, first '%s' (%s)"
        .formatted(missing.size(), missing.getFirst().path(), missing.getFirst().namedBy());
  }

  private static void refuseTooManyUnreadable(List<ReadFile> files) {
    List<ReadFile> broken = files.stream().filter(f -> !f.isUsable()).toList();
    if (isTooMany(broken.size(), files.size())) {
      ReadFile first = broken.getFirst();
      throw new PictureException(
          first.problem().reason(),
          "%d of the %d pictures cannot be read, and only %.0f %% may be. The first is %s: %s"
              .formatted(
                  broken.size(),
                  files.size(),
                  100 * TOLERATED,
                  first.entry().path(),
                  first.problem().getMessage()),
          first.problem());
    }
  }

  private static boolean isTooMany(int bad, int all) {
    return bad > TOLERATED * all;
  }
}
