package io.lodisc.training.evaluation;

import io.lodisc.model.metrics.Accuracy;
import io.lodisc.model.metrics.NearestNeighbours;
import io.lodisc.model.metrics.UnitVectors;
import io.lodisc.model.probe.LinearProbe;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** Classifies the test split by what the training split shows: kNN and linear probe. */
final class Classification {

  private static final List<Integer> KS = List.of(10, 20, 100, 200);

  /**
   * What came out of one kind of feature.
   *
   * @param knn number of neighbours to accuracy; null if not asked for
   * @param probe accuracy; null if not asked for
   */
  record Result(SortedMap<Integer, Accuracy> knn, Accuracy probe) {

    static final Result NONE = new Result(null, null);
  }

  private final EvaluationSettings settings;
  private final long seed;
  private final EvaluationViews views;
  private final Extraction extraction;
  private final List<Labelled> train;
  private final Classes classes;
  private final List<Kind> kinds;
  private final Extracted test;
  private final int[] known;
  private final int[] truth;
  private Extracted bank;

  /**
   * @param train labelled, at least one
   * @param test at least one of which is of a class of the training split; the others are left out
   */
  Classification(
      EvaluationSettings settings,
      long seed,
      EvaluationViews views,
      Extraction extraction,
      List<Labelled> train,
      List<Kind> kinds,
      Extracted test) {
    this.settings = settings;
    this.seed = seed;
    this.views = views;
    this.extraction = extraction;
    this.train = train;
    this.classes = new Classes(train);
    this.kinds = kinds;
    this.test = test;
    this.known =
        IntStream.range(0, test.pictures().size())
            .filter(i -> classes.has(test.pictures().get(i)))
            .toArray();
    List<Labelled> pictures = new ArrayList<>();
    for (int i : known) {
      pictures.add(test.pictures().get(i));
    }
    this.truth = classes.of(pictures);
  }

  Map<Kind, Result> run(boolean probe) throws InterruptedException {
    Map<Kind, SortedMap<Integer, Accuracy>> knn = new EnumMap<>(Kind.class);
    boolean plain = probe && settings.probeViews() == ProbeViews.PLAIN;
    if (settings.knn() || plain) {
      bank = extraction.run(train, (picture, i, to, at) -> views.test(picture, to, at));
    }
    if (settings.knn()) {
      kinds.forEach(kind -> knn.put(kind, knn(kind)));
    }
    Map<Kind, Accuracy> accuracies = probe ? probe() : Map.of();
    Map<Kind, Result> results = new EnumMap<>(Kind.class);
    kinds.forEach(kind -> results.put(kind, new Result(knn.get(kind), accuracies.get(kind))));
    return results;
  }

  /** Training pictures that were learned from. */
  int learned() {
    return bank == null ? 0 : bank.pictures().size();
  }

  private SortedMap<Integer, Accuracy> knn(Kind kind) {
    return NearestNeighbours.evaluate(
        UnitVectors.of(kind.of(bank)),
        classes.of(bank.pictures()),
        UnitVectors.of(test(kind)),
        truth,
        KS);
  }

  private Map<Kind, Accuracy> probe() throws InterruptedException {
    Map<Kind, LinearProbe> probes = new EnumMap<>(Kind.class);
    try {
      for (Kind kind : kinds) {
        int dimension = kind.of(test)[0].length;
        probes.put(kind, new LinearProbe(dimension, classes.count(), settings.probeEpochs(), seed));
      }
      for (int epoch = 0; epoch < settings.probeEpochs(); epoch++) {
        if (settings.probeViews() == ProbeViews.AUGMENTED) {
          bank = augmented(epoch);
        }
        int[] labels = classes.of(bank.pictures());
        probes.forEach((kind, probe) -> probe.train(kind.of(bank), labels));
      }
      Map<Kind, Accuracy> accuracies = new EnumMap<>(Kind.class);
      probes.forEach((kind, probe) -> accuracies.put(kind, probe.score(test(kind), truth)));
      return accuracies;
    } finally {
      probes.values().forEach(LinearProbe::close);
    }
  }

  private Extracted augmented(long epoch) throws InterruptedException {
    return extraction.run(train, (picture, i, to, at) -> views.train(picture, i, epoch, to, at));
  }

  private float[][] test(Kind kind) {
    float[][] features = kind.of(test);
    return IntStream.of(known).mapToObj(i -> features[i]).toArray(float[][]::new);
  }
}
