package io.lodisc.training.pretrain;

import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.evaluation.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run measured: a row an epoch, the sums of the one under way, and which pictures it could
 * not use.
 */
public final class TrainingLog {

  /**
   * One epoch; all but the last three are means over its steps.
   *
   * @param loss Eq. 5
   * @param terms the loss by branch
   * @param positiveSimilarity cosine of q and the k of its own picture
   * @param negativeSimilarity cosine of q and the others' k
   * @param imagesPerSecond of the steps alone, without evaluations and checkpoints
   * @param dataWait share of that time spent waiting for views
   * @param learningRate of the last step, as is momentum
   */
  public record EpochRow(
      int epoch,
      double loss,
      Map<String, Double> terms,
      double positiveSimilarity,
      double negativeSimilarity,
      double imagesPerSecond,
      double dataWait,
      double learningRate,
      double momentum) {}

  /** What one step measured. */
  record StepMeasure(
      double loss, Map<String, Double> terms, double positive, double negative, Pace pace) {}

  /** How long a step took, in seconds, and how much of that the engine waited for views. */
  record Pace(double seconds, double waited) {}

  /**
   * @param skipped null in checkpoints of before it was told
   */
  private record State(
      int steps,
      Map<String, Double> sums,
      List<EpochRow> epochs,
      History evaluations,
      Set<Integer> skipped) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TERM = "term.";

  private final List<EpochRow> epochs = new ArrayList<>();
  private Map<String, Double> sums = new LinkedHashMap<>();
  private int steps;
  private History evaluations = History.EMPTY;
  private final Set<Integer> skipped = new TreeSet<>();

  /** The log of a checkpoint, as its manifest holds it; an empty one of null. */
  public static TrainingLog of(Object state) {
    TrainingLog log = new TrainingLog();
    if (state != null) {
      State read = JSON.convertValue(state, State.class);
      log.steps = read.steps();
      log.sums = new LinkedHashMap<>(read.sums());
      log.epochs.addAll(read.epochs());
      log.evaluations = read.evaluations();
      log.skipped.addAll(read.skipped() == null ? Set.of() : read.skipped());
    }
    return log;
  }

  Object state() {
    return new State(
        steps, new LinkedHashMap<>(sums), List.copyOf(epochs), evaluations, new TreeSet<>(skipped));
  }

  public List<EpochRow> epochs() {
    return List.copyOf(epochs);
  }

  /** The evaluations so far. */
  public History evaluations() {
    return evaluations;
  }

  /** Places in the data set of the pictures that were skipped so far, to be added to. */
  Set<Integer> skipped() {
    return skipped;
  }

  /** Tells again what an earlier process may have told nobody. */
  void announce(RunListener listener) {
    epochs.forEach(listener::epoch);
    for (int epoch : evaluations.evaluations().keySet()) {
      listener.evaluated(epoch, evaluations.upTo(epoch));
    }
  }

  void evaluated(int epoch, Evaluation evaluation) {
    evaluations = evaluations.with(epoch, evaluation);
  }

  void add(StepMeasure step) {
    steps++;
    sums.merge("loss", step.loss(), Double::sum);
    step.terms().forEach((name, loss) -> sums.merge(TERM + name, loss, Double::sum));
    sums.merge("positive", step.positive(), Double::sum);
    sums.merge("negative", step.negative(), Double::sum);
    sums.merge("seconds", step.pace().seconds(), Double::sum);
    sums.merge("waited", step.pace().waited(), Double::sum);
  }

  /** The mean loss of the epoch under way. */
  double loss() {
    return sums.get("loss") / steps;
  }

  /** The share of the epoch's time so far that went into waiting for views. */
  double dataWait() {
    return sums.get("waited") / sums.get("seconds");
  }

  /** The mean losses by branch of the epoch under way. */
  Map<String, Double> terms() {
    Map<String, Double> terms = new LinkedHashMap<>();
    sums.forEach(
        (name, sum) -> {
          if (name.startsWith(TERM)) {
            terms.put(name.substring(TERM.length()), sum / steps);
          }
        });
    return terms;
  }

  /** Makes a row of the epoch and begins the next. */
  EpochRow end(int epoch, int batch, double learningRate, double momentum) {
    double seconds = sums.get("seconds");
    EpochRow row =
        new EpochRow(
            epoch,
            loss(),
            terms(),
            sums.get("positive") / steps,
            sums.get("negative") / steps,
            steps * batch / seconds,
            dataWait(),
            learningRate,
            momentum);
    epochs.add(row);
    sums.clear();
    steps = 0;
    return row;
  }
}
