package io.lodisc.training.evaluation;

import io.lodisc.model.metrics.Collapse;
import io.lodisc.model.metrics.Retrieval;
import io.lodisc.model.metrics.Similarity;
import io.lodisc.model.metrics.Spread;
import io.lodisc.model.metrics.UnitVectors;
import io.lodisc.model.random.Counter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One evaluation, from pictures to numbers. */
final class Protocol {

  private static final List<Integer> RANKS = List.of(1, 5, 10);

  /** Views that are compared have epochs of their own, which no probe uses. */
  private static final int FIRST_VIEW = -1;

  private static final int SECOND_VIEW = -2;

  private final Splits splits;
  private final EvaluationSettings settings;
  private final long seed;
  private final EvaluationViews views;
  private final Extraction extraction;
  private final Set<String> notes = new LinkedHashSet<>();
  private int unreadable;
  private int learned;

  Protocol(
      Splits splits,
      EvaluationSettings settings,
      long seed,
      EvaluationViews views,
      Extraction extraction) {
    this.splits = splits;
    this.settings = settings;
    this.seed = seed;
    this.views = views;
    this.extraction = extraction;
  }

  Evaluation run(boolean probe) throws InterruptedException {
    boolean tested = !splits.test().isEmpty();
    List<Labelled> pictures = tested ? splits.test() : sample(splits.train());
    if (pictures.isEmpty()) {
      throw new EvaluationException(
          "There is no picture to evaluate on.", "Give a training or a test split.", null);
    }
    Extracted measured =
        extraction.run(pictures, (picture, i, to, at) -> views.test(picture, to, at));
    unreadable = pictures.size() - measured.pictures().size();
    List<Kind> kinds =
        Stream.of(Kind.values()).filter(kind -> kind.of(measured).length > 0).toList();
    if (!kinds.contains(Kind.PREDICTED)) {
      notes.add("The predictor's output was not given.");
    }
    if (measured.attention() == null) {
      notes.add("Attention was not given.");
    }
    List<Labelled> sample = sample(pictures);
    Extracted first = view(sample, FIRST_VIEW);
    Extracted second = view(sample, SECOND_VIEW);
    Map<Kind, Classification.Result> classified = classify(measured, kinds, tested, probe);
    Measures[] measures = new Measures[Kind.values().length];
    for (Kind kind : kinds) {
      Similarity pairs =
          Similarity.ofPairs(UnitVectors.of(kind.of(first)), UnitVectors.of(kind.of(second)));
      Classification.Result result = classified.getOrDefault(kind, Classification.Result.NONE);
      measures[kind.ordinal()] = measure(kind, measured, tested, pairs, result);
    }
    return new Evaluation(
        tested ? "test" : "train",
        measured.pictures().size(),
        learned,
        unreadable,
        measures[Kind.CLASS_TOKEN.ordinal()],
        measures[Kind.PREDICTED.ordinal()],
        measured.attention(),
        List.copyOf(notes));
  }

  private List<Labelled> sample(List<Labelled> pictures) {
    int[] order = Counter.shuffle(pictures.size(), seed, 0);
    return IntStream.of(order).limit(settings.sample()).mapToObj(pictures::get).toList();
  }

  private Extracted view(List<Labelled> pictures, int view) throws InterruptedException {
    return extraction.run(pictures, (picture, i, to, at) -> views.train(picture, i, view, to, at));
  }

  private Map<Kind, Classification.Result> classify(
      Extracted test, List<Kind> kinds, boolean tested, boolean probe) throws InterruptedException {
    boolean learn = probe && settings.probeEpochs() > 0;
    if (!learn && !settings.knn()) {
      return Map.of();
    }
    List<Labelled> train = splits.train().stream().filter(p -> p.label() != null).toList();
    Classes classes = new Classes(train);
    List<Labelled> labelled = test.pictures().stream().filter(p -> p.label() != null).toList();
    long known = labelled.stream().filter(classes::has).count();
    String reason = null;
    if (!tested) {
      reason = "there is no test split";
    } else if (train.isEmpty()) {
      reason = "no training picture has a label";
    } else if (labelled.isEmpty()) {
      reason = "no test picture has a label";
    } else if (known == 0) {
      reason = "the training and the test split share no class";
    }
    if (reason != null) {
      notes.add("No kNN and no linear probe: " + reason + ".");
      return Map.of();
    }
    if (known < labelled.size()) {
      notes.add(
          "kNN and linear probe leave out %d test pictures of classes without a training picture."
              .formatted(labelled.size() - known));
    }
    Classification classification =
        new Classification(settings, seed, views, extraction, train, kinds, test);
    Map<Kind, Classification.Result> results = classification.run(learn);
    learned = classification.learned();
    unreadable += train.size() - learned;
    return results;
  }

  private Measures measure(
      Kind kind,
      Extracted measured,
      boolean tested,
      Similarity pairs,
      Classification.Result classified) {
    List<Labelled> pictures = measured.pictures();
    float[][] units = UnitVectors.of(kind.of(measured));
    Spread spread = Spread.of(units);
    Collapse collapse = null;
    if (spread.vectors() < Collapse.MIN_VECTORS) {
      notes.add("Fewer than %d pictures do not tell a collapse.".formatted(Collapse.MIN_VECTORS));
    } else {
      collapse = Collapse.judge(spread, pairs.negative());
    }
    return new Measures(
        retrieval(pictures, units, tested),
        classified.knn(),
        classified.probe(),
        spread,
        pairs,
        classes(pictures, units),
        collapse);
  }

  private Retrieval.Result retrieval(List<Labelled> pictures, float[][] units, boolean tested) {
    if (!tested) {
      notes.add("No retrieval: there is no test split.");
      return null;
    }
    List<Retrieval.Item> items = new ArrayList<>();
    for (int i = 0; i < units.length; i++) {
      Labelled picture = pictures.get(i);
      items.add(new Retrieval.Item(picture.id(), picture.label(), null, units[i]));
    }
    Retrieval.Result result = Retrieval.evaluate(items, items, RANKS, false);
    if (result.queries() == 0) {
      notes.add("No retrieval: no two test pictures have the same label.");
      return null;
    }
    return result;
  }

  private static Similarity classes(List<Labelled> pictures, float[][] units) {
    int[] labelled =
        IntStream.range(0, units.length).filter(i -> pictures.get(i).label() != null).toArray();
    if (labelled.length < 2) {
      return null;
    }
    return Similarity.ofClasses(
        IntStream.of(labelled).mapToObj(i -> units[i]).toArray(float[][]::new),
        IntStream.of(labelled).mapToObj(i -> pictures.get(i).label()).toArray(String[]::new));
  }
}
