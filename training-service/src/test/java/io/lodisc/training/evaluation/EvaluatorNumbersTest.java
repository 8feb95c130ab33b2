package io.lodisc.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.metrics.Accuracy;
import io.lodisc.model.probe.LinearProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every number against one computed by itself, picture by picture. */
class EvaluatorNumbersTest {

  private static final Offset<Double> CLOSE = within(1e-5);
  private static final int PROBE_EPOCHS = 4;

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
  void retrievalIsThatOfTheFeaturesOneByOne() throws Exception {
    Evaluation evaluation = splits.evaluate(StripedSplits.settings(false, 0), false);

    for (int kind = 0; kind < 2; kind++) {
      float[][] features = plain(splits.test(), kind);
      Measures measures = measures(evaluation, kind);
      int first = 0;
      int five = 0;
      double precision = 0;
      for (int q = 0; q < splits.test().size(); q++) {
        List<Integer> ranks = ByHand.ranks(features, q, splits.test());
        first += ranks.getFirst() == 1 ? 1 : 0;
        five += ranks.getFirst() <= 5 ? 1 : 0;
        double sum = 0;
        for (int i = 0; i < ranks.size(); i++) {
          sum += (i + 1.0) / ranks.get(i) / ranks.size();
        }
        precision += sum / splits.test().size();
      }
      assertThat(measures.retrieval().queries()).isEqualTo(28);
      assertThat(measures.retrieval().rankK().get(1)).isCloseTo(first / 28.0, CLOSE);
      assertThat(measures.retrieval().rankK().get(5)).isCloseTo(five / 28.0, CLOSE);
      assertThat(measures.retrieval().meanAveragePrecision()).isCloseTo(precision, CLOSE);
      assertThat(precision).isBetween(0.15, 0.95);
    }
    assertThat(evaluation.split()).isEqualTo("test");
    assertThat(evaluation.pictures()).isEqualTo(28);
    assertThat(evaluation.trainPictures()).isZero();
    assertThat(evaluation.notes()).isEmpty();
  }

  @Test
  void kNearestNeighboursAreThoseOfTheTrainingSplit() throws Exception {
    Evaluation evaluation = splits.evaluate(StripedSplits.settings(true, 0), false);

    for (int kind = 0; kind < 2; kind++) {
      float[][] bank = plain(splits.train(), kind);
      float[][] queries = plain(splits.test(), kind);
      Map<Integer, Accuracy> knn = measures(evaluation, kind).knn();
      assertThat(knn).containsOnlyKeys(10, 20, 100, 200);
      for (int k : knn.keySet()) {
        int first = 0;
        int five = 0;
        for (int q = 0; q < queries.length; q++) {
          List<String> predicted = ByHand.predict(bank, queries[q], k, splits.train());
          first += predicted.getFirst().equals(splits.test().get(q).label()) ? 1 : 0;
          five +=
              predicted.stream().limit(5).toList().contains(splits.test().get(q).label()) ? 1 : 0;
        }
        assertThat(knn.get(k)).isEqualTo(new Accuracy(first / 28.0, five / 28.0));
      }
    }
    assertThat(evaluation.trainPictures()).isEqualTo(35);
  }

  @Test
  void theProbeLearnsFromNewViewsInEveryEpoch() throws Exception {
    Evaluation evaluation = splits.evaluate(StripedSplits.settings(false, PROBE_EPOCHS), true);

    EvaluationViews views = new EvaluationViews(StripedSplits.PREPROCESSING, StripedSplits.SEED);
    for (int kind = 0; kind < 2; kind++) {
      List<float[][]> epochs = new ArrayList<>();
      for (int epoch = 0; epoch < PROBE_EPOCHS; epoch++) {
        float[][] features = new float[splits.train().size()][];
        for (int i = 0; i < splits.train().size(); i++) {
          float[] x = new float[3 * TinyEncoder.SIDE * TinyEncoder.SIDE];
          views.train(read(splits.train().get(i)), i, epoch, x, 0);
          features[i] = splits.encoder().one(x)[kind];
        }
        epochs.add(features);
      }
      assertThat(measures(evaluation, kind).probe()).isEqualTo(probe(epochs, kind));
    }
    assertThat(evaluation.trainPictures()).isEqualTo(35);
    assertThat(evaluation.classToken().knn()).isNull();
  }

  @Test
  void aPlainProbeLearnsFromTheTestViewAgainAndAgain() throws Exception {
    EvaluationSettings plain =
        new EvaluationSettings(1, true, PROBE_EPOCHS, false, ProbeViews.PLAIN, 8, 20, 0);

    Evaluation evaluation = splits.evaluate(plain, true);

    for (int kind = 0; kind < 2; kind++) {
      float[][] features = plain(splits.train(), kind);
      assertThat(measures(evaluation, kind).probe())
          .isEqualTo(probe(List.of(features, features, features, features), kind));
    }
  }

  @Test
  void withoutLabelsSpreadSimilarityAttentionAndCollapseAreMeasured() throws Exception {
    List<Labelled> unlabelled = PictureFiles.withoutLabels(splits.train());

    Evaluation evaluation =
        splits.evaluate(unlabelled, List.of(), StripedSplits.settings(true, 2, 100), true);

    for (int kind = 0; kind < 2; kind++) {
      Measures measures = measures(evaluation, kind);
      assertThat(measures.retrieval()).isNull();
      assertThat(measures.knn()).isNull();
      assertThat(measures.probe()).isNull();
      assertThat(measures.classes()).isNull();
      assertThat(measures.spread().vectors()).isEqualTo(35);
      assertThat(measures.spread().deviation())
          .isCloseTo(ByHand.deviation(plain(splits.train(), kind)), CLOSE);
      assertThat(measures.collapse()).isNotNull();
    }
    assertThat(evaluation.split()).isEqualTo("train");
    assertThat(evaluation.attention().nats()).isCloseTo(attentionEntropy(splits.train()), CLOSE);
    assertThat(evaluation.attention().share())
        .isCloseTo(attentionEntropy(splits.train()) / Math.log(16), CLOSE);
    assertThat(evaluation.notes())
        .containsExactlyInAnyOrder(
            "No kNN and no linear probe: there is no test split.",
            "No retrieval: there is no test split.");
  }

  @Test
  void twoViewsOfOnePictureAndPicturesOfOneClassAreCompared() throws Exception {
    Evaluation evaluation = splits.evaluate(StripedSplits.settings(false, 0, 100), false);

    for (int kind = 0; kind < 2; kind++) {
      float[][] features = plain(splits.test(), kind);
      double[] sums = new double[2];
      int[] counts = new int[2];
      for (int i = 0; i < features.length; i++) {
        for (int j = 0; j < i; j++) {
          int other = splits.test().get(i).label().equals(splits.test().get(j).label()) ? 0 : 1;
          sums[other] += ByHand.cosine(features[i], features[j]);
          counts[other]++;
        }
      }
      Measures measures = measures(evaluation, kind);
      assertThat(measures.classes().positive()).isCloseTo(sums[0] / counts[0], CLOSE);
      assertThat(measures.classes().negative()).isCloseTo(sums[1] / counts[1], CLOSE);
      assertThat(measures.views().positive()).isGreaterThan(measures.views().negative());
    }
  }

  private static Measures measures(Evaluation evaluation, int kind) {
    return kind == 0 ? evaluation.classToken() : evaluation.predicted();
  }

  /** Kind 0 is the class token, 1 the predictor's output, 2 attention; of the test view. */
  private float[][] plain(List<Labelled> pictures, int kind) throws IOException {
    EvaluationViews views = new EvaluationViews(StripedSplits.PREPROCESSING, StripedSplits.SEED);
    float[][] features = new float[pictures.size()][];
    for (int i = 0; i < features.length; i++) {
      float[] x = new float[3 * TinyEncoder.SIDE * TinyEncoder.SIDE];
      views.test(read(pictures.get(i)), x, 0);
      features[i] = splits.encoder().one(x)[kind];
    }
    return features;
  }

  private static Picture read(Labelled picture) throws IOException {
    return PictureDecoder.decode(Files.readAllBytes(picture.file()), Limits.DEFAULT);
  }

  private Accuracy probe(List<float[][]> epochs, int kind) throws IOException {
    try (LinearProbe probe =
        new LinearProbe(
            epochs.getFirst()[0].length,
            StripedSplits.CLASSES,
            epochs.size(),
            StripedSplits.SEED)) {
      epochs.forEach(features -> probe.train(features, classes(splits.train())));
      return probe.score(plain(splits.test(), kind), classes(splits.test()));
    }
  }

  private static int[] classes(List<Labelled> pictures) {
    return pictures.stream().mapToInt(p -> p.label().charAt("class ".length()) - '0').toArray();
  }

  private double attentionEntropy(List<Labelled> pictures) throws IOException {
    double sum = 0;
    for (float[] heads : plain(pictures, 2)) {
      for (int from = 0; from < heads.length; from += 17) {
        for (int j = from + 1; j < from + 17; j++) {
          double p = heads[j] / (1 - heads[from]);
          sum -= p * Math.log(p);
        }
      }
    }
    return sum / pictures.size() / 2;
  }
}
