package io.lodisc.training.dataset;

import io.lodisc.model.archive.PictureFolder;
import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.image.PictureException;
import io.lodisc.model.image.PictureException.Reason;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pictures of a folder that belong to a data set. */
record PictureSet(List<Entry> entries) {

  /**
   * Lists a folder.
   *
   * @param split null for all pictures
   */
  static PictureSet of(Path root, String split) {
    List<Entry> all = PictureFolder.list(root);
    if (split == null) {
      return new PictureSet(all);
    }
    List<Entry> chosen = all.stream().filter(e -> split.equals(e.split())).toList();
    if (chosen.isEmpty()) {
      String known =
          all.stream()
              .map(Entry::split)
              .filter(Objects::nonNull)
              .distinct()
              .sorted()
              .collect(Collectors.joining(", "));
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "No picture belongs to the split '%s'.".formatted(split),
          known.isEmpty()
              ? "Leave split out, or add a split column to manifest.csv."
              : "The splits there are: " + known + ".");
    }
    return new PictureSet(chosen);
  }

  int labels() {
    return distinct(Entry::label);
  }

  int groups() {
    return distinct(Entry::group);
  }

  /** Reads every picture's header; the first broken one is refused by its path. */
  PictureSet inspected() {
    entries.forEach(PictureSet::inspect);
    return this;
  }

  private static void inspect(Entry entry) {
    try {
      if (Files.size(entry.file()) > Limits.DEFAULT.maxBytes()) {
        throw new PictureException(
            Reason.TOO_LARGE,
            "it has more than %d bytes".formatted(Limits.DEFAULT.maxBytes()),
            null);
      }
      PictureDecoder.inspect(Files.readAllBytes(entry.file()), Limits.DEFAULT);
    } catch (PictureException e) {
      throw new PictureException(e.reason(), entry.path() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new PictureException(Reason.NOT_A_PICTURE, entry.path() + " cannot be read", e);
    }
  }

  private int distinct(Function<Entry, String> of) {
    return (int) entries.stream().map(of).filter(Objects::nonNull).distinct().count();
  }
}
