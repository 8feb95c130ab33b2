package io.lodisc.training.reproduce;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.CheckedPictures;
import io.lodisc.model.dataset.LayoutOptions;
import io.lodisc.model.dataset.Layouts;
import io.lodisc.model.dataset.PictureSplits;
import io.lodisc.training.evaluation.Labelled;
import io.lodisc.training.evaluation.Splits;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The data set of a table.
 *
 * @param layout recognised or named
 * @param training absolute paths
 * @param warnings of its check, in sentences
 */
public record Pictures(String layout, List<Path> training, Splits splits, List<String> warnings) {

  private static final int SHOWN = 8;

  /**
   * Reads and checks a folder.
   *
   * @param split what to train on alone; null for the training split where there is one, else all
   * @param partial takes a published set although it is not whole
   * @throws RuntimeException as {@link Layouts#read}, {@link CheckedPictures#read} and {@link
   *     PictureSplits#of} say
   */
  public static Pictures read(String layout, Path root, String split, boolean partial) {
    CheckedPictures checked =
        CheckedPictures.read(Layouts.read(layout, root, LayoutOptions.DEFAULT), partial);
    PictureSplits splits = PictureSplits.of(checked.usable(), split);
    return new Pictures(
        checked.report().layout(),
        splits.training().stream().map(Entry::file).map(Path::toAbsolutePath).toList(),
        Splits.of(splits),
        checked.report().warnings());
  }

  /** Eight of the test split, evenly apart; of the training split if there is none. */
  List<Labelled> shown() {
    List<Labelled> all = splits.test().isEmpty() ? splits.train() : splits.test();
    int count = Math.min(SHOWN, all.size());
    return IntStream.range(0, count).mapToObj(i -> all.get(i * all.size() / count)).toList();
  }
}
