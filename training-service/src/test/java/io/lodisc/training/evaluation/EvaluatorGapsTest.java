package io.lodisc.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels, classes and pictures that are missing: what is measured still, and what is noted. */
class EvaluatorGapsTest {

  @TempDir private Path folder;
  private StripedSplits splits;

  @BeforeEach
  void make() throws IOException {
    splits = StripedSplits.in(folder);
  }

  @AfterEach
  void close() {
    splits.close();
  }

  @Test
  void splitsWithoutACommonClassAllowRetrievalAlone() throws Exception {
    List<Labelled> others =
        splits.train().stream()
            .map(p -> new Labelled(p.file(), "other " + p.label(), p.id()))
            .toList();

    Evaluation evaluation =
        splits.evaluate(others, splits.test(), StripedSplits.settings(true, 1), true);

    assertThat(evaluation.classToken().retrieval().queries()).isEqualTo(28);
    assertThat(evaluation.classToken().knn()).isNull();
    assertThat(evaluation.classToken().probe()).isNull();
    assertThat(evaluation.notes())
        .containsExactly(
            "No kNN and no linear probe: the training and the test split share no class.");
  }

  @Test
  void classesThatTheTrainingSplitLacksAreLeftOutAndCounted() throws Exception {
    List<Labelled> fewer =
        splits.train().stream().filter(p -> !p.label().equals("class 0")).toList();

    Evaluation evaluation =
        splits.evaluate(fewer, splits.test(), StripedSplits.settings(true, 1), true);

    assertThat(evaluation.notes())
        .containsExactly(
            "kNN and linear probe leave out 4 test pictures of classes without a training"
                + " picture.");
    double top1 = evaluation.classToken().knn().get(10).top1();
    assertThat(24 * top1).isCloseTo(Math.rint(24 * top1), within(1e-9));
  }

  @Test
  void missingLabelsAreToldApart() throws Exception {
    EvaluationSettings knn = StripedSplits.settings(true, 0);

    assertThat(
            splits
                .evaluate(PictureFiles.withoutLabels(splits.train()), splits.test(), knn, false)
                .notes())
        .containsExactly("No kNN and no linear probe: no training picture has a label.");
    assertThat(
            splits
                .evaluate(splits.train(), PictureFiles.withoutLabels(splits.test()), knn, false)
                .notes())
        .containsExactly(
            "No kNN and no linear probe: no test picture has a label.",
            "No retrieval: no two test pictures have the same label.");
    assertThat(splits.evaluate(splits.train(), splits.test().subList(0, 7), knn, false).notes())
        .containsExactly(
            "Fewer than 8 pictures do not tell a collapse.",
            "No retrieval: no two test pictures have the same label.");
  }

  @Test
  void theSampleOfASplitWithoutTestIsBounded() throws Exception {
    Evaluation evaluation =
        splits.evaluate(splits.train(), List.of(), StripedSplits.settings(false, 0), false);

    assertThat(evaluation.pictures()).isEqualTo(20);
    assertThat(evaluation.classToken().classes()).isNotNull();
  }

  @Test
  void unreadablePicturesAreLeftOutUpToAShare() throws Exception {
    Files.delete(splits.test().get(3).file());
    Files.writeString(splits.train().get(9).file(), "no picture");

    EvaluationSettings some =
        new EvaluationSettings(1, true, 1, false, ProbeViews.AUGMENTED, 8, 100, 0.04);
    Evaluation evaluation = splits.evaluate(some, true);

    assertThat(evaluation.pictures()).isEqualTo(27);
    assertThat(evaluation.trainPictures()).isEqualTo(34);
    assertThat(evaluation.unreadable()).isEqualTo(2);
    assertThat(evaluation.classToken().retrieval().queries()).isEqualTo(27);
    assertThatThrownBy(() -> splits.evaluate(StripedSplits.settings(false, 0), false))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("1 of 28 pictures cannot be read.");
  }
}
