package io.lodisc.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.metrics.Accuracy;
import io.lodisc.model.probe.LinearProbe;
import io.lodisc.training.evaluation.FeatureExtractor.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {

  private static final Preprocessing PREPROCESSING = Preprocessing.imagenet(TinyEncoder.SIDE);
  private static final Offset<Double> CLOSE = within(1e-5);
  private static final int CLASSES = 7;
  private static final long SEED = 5;
  private static final int PROBE_EPOCHS = 4;

  @TempDir private Path folder;
  private TinyEncoder encoder;
  private List<Labelled> train;
  private List<Labelled> test;

  @BeforeEach
  void make() throws IOException {
    encoder = new TinyEncoder(1);
    train = PictureFiles.write(folder.resolve("train"), CLASSES, 5, 1);
    test = PictureFiles.write(folder.resolve("test"), CLASSES, 4, 2);
  }

  @AfterEach
  void close() {
    encoder.close();
  }

  @Test
  void retrievalIsThatOfTheFeaturesOneByOne() throws Exception {
    Evaluation evaluation = evaluate(train, test, settings(false, 0), false);

    for (int kind = 0; kind < 2; kind++) {
      float[][] features = plain(test, kind);
      Measures measures = measures(evaluation, kind);
      int first = 0;
      int five = 0;
      double precision = 0;
      for (int q = 0; q < test.size(); q++) {
        List<Integer> ranks = ranks(features, q);
        first += ranks.getFirst() == 1 ? 1 : 0;
        five += ranks.getFirst() <= 5 ? 1 : 0;
        double sum = 0;
        for (int i = 0; i < ranks.size(); i++) {
          sum += (i + 1.0) / ranks.get(i) / ranks.size();
        }
        precision += sum / test.size();
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
    Evaluation evaluation = evaluate(train, test, settings(true, 0), false);

    for (int kind = 0; kind < 2; kind++) {
      float[][] bank = plain(train, kind);
      float[][] queries = plain(test, kind);
      Map<Integer, Accuracy> knn = measures(evaluation, kind).knn();
      assertThat(knn).containsOnlyKeys(10, 20, 100, 200);
      for (int k : knn.keySet()) {
        int first = 0;
        int five = 0;
        for (int q = 0; q < queries.length; q++) {
          List<String> predicted = predict(bank, queries[q], k);
          first += predicted.getFirst().equals(test.get(q).label()) ? 1 : 0;
          five += predicted.stream().limit(5).toList().contains(test.get(q).label()) ? 1 : 0;
        }
        assertThat(knn.get(k)).isEqualTo(new Accuracy(first / 28.0, five / 28.0));
      }
    }
    assertThat(evaluation.trainPictures()).isEqualTo(35);
  }

  @Test
  void theProbeLearnsFromNewViewsInEveryEpoch() throws Exception {
    Evaluation evaluation = evaluate(train, test, settings(false, PROBE_EPOCHS), true);

    EvaluationViews views = new EvaluationViews(PREPROCESSING, SEED);
    for (int kind = 0; kind < 2; kind++) {
      List<float[][]> epochs = new ArrayList<>();
      for (int epoch = 0; epoch < PROBE_EPOCHS; epoch++) {
        float[][] features = new float[train.size()][];
        for (int i = 0; i < train.size(); i++) {
          float[] x = new float[3 * TinyEncoder.SIDE * TinyEncoder.SIDE];
          views.train(read(train.get(i)), i, epoch, x, 0);
          features[i] = encoder.one(x)[kind];
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

    Evaluation evaluation = evaluate(train, test, plain, true);

    for (int kind = 0; kind < 2; kind++) {
      float[][] features = plain(train, kind);
      assertThat(measures(evaluation, kind).probe())
          .isEqualTo(probe(List.of(features, features, features, features), kind));
    }
  }

  @Test
  void withoutLabelsSpreadSimilarityAttentionAndCollapseAreMeasured() throws Exception {
    List<Labelled> unlabelled = PictureFiles.withoutLabels(train);

    Evaluation evaluation = evaluate(unlabelled, List.of(), settings(true, 2, 100), true);

    for (int kind = 0; kind < 2; kind++) {
      Measures measures = measures(evaluation, kind);
      assertThat(measures.retrieval()).isNull();
      assertThat(measures.knn()).isNull();
      assertThat(measures.probe()).isNull();
      assertThat(measures.classes()).isNull();
      assertThat(measures.spread().vectors()).isEqualTo(35);
      assertThat(measures.spread().deviation()).isCloseTo(deviation(plain(train, kind)), CLOSE);
      assertThat(measures.collapse()).isNotNull();
    }
    assertThat(evaluation.split()).isEqualTo("train");
    assertThat(evaluation.attention().nats()).isCloseTo(attentionEntropy(train), CLOSE);
    assertThat(evaluation.attention().share())
        .isCloseTo(attentionEntropy(train) / Math.log(16), CLOSE);
    assertThat(evaluation.notes())
        .containsExactlyInAnyOrder(
            "No kNN and no linear probe: there is no test split.",
            "No retrieval: there is no test split.");
  }

  @Test
  void twoViewsOfOnePictureAndPicturesOfOneClassAreCompared() throws Exception {
    Evaluation evaluation = evaluate(train, test, settings(false, 0, 100), false);

    for (int kind = 0; kind < 2; kind++) {
      float[][] features = plain(test, kind);
      double[] sums = new double[2];
      int[] counts = new int[2];
      for (int i = 0; i < features.length; i++) {
        for (int j = 0; j < i; j++) {
          int other = test.get(i).label().equals(test.get(j).label()) ? 0 : 1;
          sums[other] += cosine(features[i], features[j]);
          counts[other]++;
        }
      }
      Measures measures = measures(evaluation, kind);
      assertThat(measures.classes().positive()).isCloseTo(sums[0] / counts[0], CLOSE);
      assertThat(measures.classes().negative()).isCloseTo(sums[1] / counts[1], CLOSE);
      assertThat(measures.views().positive()).isGreaterThan(measures.views().negative());
    }
  }

  @Test
  void anEncoderThatGivesEveryPictureTheSameHasCollapsed() throws Exception {
    FeatureExtractor constant =
        x -> {
          Features features = encoder.features(x);
          return new Features(features.classToken().onesLike(), null, null);
        };

    Evaluation evaluation = evaluate(constant, train, test, settings(false, 0), false);

    assertThat(evaluation.collapsed()).isTrue();
    assertThat(evaluation.classToken().collapse().reasons()).hasSize(3);
    assertThat(evaluation.predicted()).isNull();
    assertThat(evaluation.attention()).isNull();
    assertThat(evaluation.notes())
        .containsExactly("The predictor's output was not given.", "Attention was not given.");
  }

  @Test
  void twoRunsGiveTheSameWhateverTheThreads() throws Exception {
    EvaluationSettings all = settings(true, PROBE_EPOCHS);

    Evaluation once = evaluate(train, test, all, true);

    assertThat(evaluate(train, test, all, true)).isEqualTo(once);
    assertThat(
            new Evaluator(new Splits(train, test), PREPROCESSING, all, SEED, 1)
                .run(encoder, true, () -> false))
        .isEqualTo(once);
    assertThat(
            new Evaluator(new Splits(train, test), PREPROCESSING, all, SEED + 1, 1)
                .run(encoder, true, () -> false))
        .isNotEqualTo(once);
  }

  @Test
  void splitsWithoutACommonClassAllowRetrievalAlone() throws Exception {
    List<Labelled> others =
        train.stream().map(p -> new Labelled(p.file(), "other " + p.label(), p.id())).toList();

    Evaluation evaluation = evaluate(others, test, settings(true, 1), true);

    assertThat(evaluation.classToken().retrieval().queries()).isEqualTo(28);
    assertThat(evaluation.classToken().knn()).isNull();
    assertThat(evaluation.classToken().probe()).isNull();
    assertThat(evaluation.notes())
        .containsExactly(
            "No kNN and no linear probe: the training and the test split share no class.");
  }

  @Test
  void classesThatTheTrainingSplitLacksAreLeftOutAndCounted() throws Exception {
    List<Labelled> fewer = train.stream().filter(p -> !p.label().equals("class 0")).toList();

    Evaluation evaluation = evaluate(fewer, test, settings(true, 1), true);

    assertThat(evaluation.notes())
        .containsExactly(
            "kNN and linear probe leave out 4 test pictures of classes without a training"
                + " picture.");
    double top1 = evaluation.classToken().knn().get(10).top1();
    assertThat(24 * top1).isCloseTo(Math.rint(24 * top1), within(1e-9));
  }

  @Test
  void missingLabelsAreToldApart() throws Exception {
    EvaluationSettings knn = settings(true, 0);

    assertThat(evaluate(PictureFiles.withoutLabels(train), test, knn, false).notes())
        .containsExactly("No kNN and no linear probe: no training picture has a label.");
    assertThat(evaluate(train, PictureFiles.withoutLabels(test), knn, false).notes())
        .containsExactly(
            "No kNN and no linear probe: no test picture has a label.",
            "No retrieval: no two test pictures have the same label.");
    assertThat(evaluate(train, test.subList(0, 7), knn, false).notes())
        .containsExactly(
            "Fewer than 8 pictures do not tell a collapse.",
            "No retrieval: no two test pictures have the same label.");
  }

  @Test
  void theSampleOfASplitWithoutTestIsBounded() throws Exception {
    Evaluation evaluation = evaluate(train, List.of(), settings(false, 0), false);

    assertThat(evaluation.pictures()).isEqualTo(20);
    assertThat(evaluation.classToken().classes()).isNotNull();
  }

  @Test
  void unreadablePicturesAreLeftOutUpToAShare() throws Exception {
    Files.delete(test.get(3).file());
    Files.writeString(train.get(9).file(), "no picture");

    EvaluationSettings some =
        new EvaluationSettings(1, true, 1, false, ProbeViews.AUGMENTED, 8, 100, 0.04);
    Evaluation evaluation = evaluate(train, test, some, true);

    assertThat(evaluation.pictures()).isEqualTo(27);
    assertThat(evaluation.trainPictures()).isEqualTo(34);
    assertThat(evaluation.unreadable()).isEqualTo(2);
    assertThat(evaluation.classToken().retrieval().queries()).isEqualTo(27);
    assertThatThrownBy(() -> evaluate(train, test, settings(false, 0), false))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("1 of 28 pictures cannot be read.");
  }

  @Test
  void refusesWhatCannotBeEvaluated() {
    assertThatThrownBy(() -> evaluate(List.of(), List.of(), settings(true, 0), false))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("There is no picture to evaluate on.");
    assertThatThrownBy(() -> new Splits(train, List.of(test.get(0), test.get(0))))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("The test split has the id 'p0' twice.");
    FeatureExtractor diverged =
        x -> new Features(encoder.features(x).classToken().log(), null, null);
    assertThatThrownBy(() -> evaluate(diverged, train, test, settings(true, 0), false))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("gives NaN for");
  }

  @Test
  void canBeCancelledBetweenBatches() {
    List<Integer> batches = new ArrayList<>();
    FeatureExtractor counting =
        x -> {
          batches.add((int) x.getShape().get(0));
          return encoder.features(x);
        };
    Evaluator evaluator =
        new Evaluator(new Splits(train, test), PREPROCESSING, settings(true, 0), SEED, 2);

    assertThatThrownBy(() -> evaluator.run(counting, false, () -> batches.size() == 2))
        .isInstanceOf(CancellationException.class);
    assertThat(batches).containsExactly(8, 8);
  }

  private Evaluation evaluate(
      List<Labelled> train, List<Labelled> test, EvaluationSettings settings, boolean probe)
      throws InterruptedException {
    return evaluate(encoder, train, test, settings, probe);
  }

  private static Evaluation evaluate(
      FeatureExtractor extractor,
      List<Labelled> train,
      List<Labelled> test,
      EvaluationSettings settings,
      boolean probe)
      throws InterruptedException {
    return new Evaluator(new Splits(train, test), PREPROCESSING, settings, SEED, 3)
        .run(extractor, probe, () -> false);
  }

  private static EvaluationSettings settings(boolean knn, int probeEpochs) {
    return settings(knn, probeEpochs, 20);
  }

  private static EvaluationSettings settings(boolean knn, int probeEpochs, int sample) {
    return new EvaluationSettings(1, knn, probeEpochs, false, ProbeViews.AUGMENTED, 8, sample, 0);
  }

  private static Measures measures(Evaluation evaluation, int kind) {
    return kind == 0 ? evaluation.classToken() : evaluation.predicted();
  }

  /** Kind 0 is the class token, 1 the predictor's output, 2 attention; of the test view. */
  private float[][] plain(List<Labelled> pictures, int kind) throws IOException {
    EvaluationViews views = new EvaluationViews(PREPROCESSING, SEED);
    float[][] features = new float[pictures.size()][];
    for (int i = 0; i < features.length; i++) {
      float[] x = new float[3 * TinyEncoder.SIDE * TinyEncoder.SIDE];
      views.test(read(pictures.get(i)), x, 0);
      features[i] = encoder.one(x)[kind];
    }
    return features;
  }

  private static Picture read(Labelled picture) throws IOException {
    return PictureDecoder.decode(Files.readAllBytes(picture.file()), Limits.DEFAULT);
  }

  private Accuracy probe(List<float[][]> epochs, int kind) throws IOException {
    try (LinearProbe probe =
        new LinearProbe(epochs.getFirst()[0].length, CLASSES, epochs.size(), SEED)) {
      epochs.forEach(features -> probe.train(features, classes(train)));
      return probe.score(plain(test, kind), classes(test));
    }
  }

  private static int[] classes(List<Labelled> pictures) {
    return pictures.stream().mapToInt(p -> p.label().charAt("class ".length()) - '0').toArray();
  }

  /** Ranks of the pictures of the query's class among all others, by a full sort. */
  private List<Integer> ranks(float[][] features, int query) {
    List<Integer> ranking =
        IntStream.range(0, features.length)
            .filter(i -> i != query)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -cosine(features[i], features[query])))
            .toList();
    return IntStream.range(0, ranking.size())
        .filter(r -> test.get(ranking.get(r)).label().equals(test.get(query).label()))
        .map(r -> r + 1)
        .boxed()
        .toList();
  }

  private List<String> predict(float[][] bank, float[] query, int k) {
    Map<String, Double> votes = new HashMap<>();
    IntStream.range(0, bank.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -cosine(bank[i], query)))
        .limit(k)
        .forEach(
            i ->
                votes.merge(
                    train.get(i).label(), Math.exp(cosine(bank[i], query) / 0.07), Double::sum));
    return votes.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static double deviation(float[][] features) {
    double sum = 0;
    for (int d = 0; d < features[0].length; d++) {
      double mean = 0;
      double square = 0;
      for (float[] feature : features) {
        double value = feature[d] / Math.sqrt(dot(feature, feature));
        mean += value / features.length;
        square += value * value / features.length;
      }
      sum += Math.sqrt(square - mean * mean);
    }
    return sum / features[0].length;
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

  private static double cosine(float[] a, float[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }
}
