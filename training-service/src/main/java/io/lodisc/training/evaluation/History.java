package io.lodisc.training.evaluation;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The evaluations of a run.
 *
 * @param evaluations epoch to what was found after it; 0: the start weights, without any training
 */
public record History(SortedMap<Integer, Evaluation> evaluations) {

  /** The highest value of a metric and the first epoch that reached it. */
  public record Best(int epoch, double value) {}

  /** No evaluation yet. */
  public static final History EMPTY = new History(new TreeMap<>());

  public History {
    evaluations = Collections.unmodifiableSortedMap(new TreeMap<>(evaluations));
  }

  /** This and one more; an evaluation of the same epoch takes the place of that one. */
  public History with(int epoch, Evaluation evaluation) {
    SortedMap<Integer, Evaluation> more = new TreeMap<>(evaluations);
    more.put(epoch, evaluation);
    return new History(more);
  }

  /** This as it was after an epoch. */
  public History upTo(int epoch) {
    return new History(evaluations.headMap(epoch + 1));
  }

  /** That of the start weights; null if there is none. */
  public Evaluation start() {
    return evaluations.get(0);
  }

  /** The last after training of at least one epoch; null if there is none. */
  public Map.Entry<Integer, Evaluation> last() {
    return trained().isEmpty()
        ? null
        : Map.entry(trained().lastKey(), evaluations.get(trained().lastKey()));
  }

  /** The best of each metric, as {@link Evaluation#scores} names them, without epoch 0. */
  public SortedMap<String, Best> best() {
    SortedMap<String, Best> best = new TreeMap<>();
    trained()
        .forEach(
            (epoch, evaluation) ->
                evaluation
                    .scores()
                    .forEach(
                        (metric, value) ->
                            best.merge(
                                metric,
                                new Best(epoch, value),
                                (old, now) -> now.value() > old.value() ? now : old)));
    return best;
  }

  private SortedMap<Integer, Evaluation> trained() {
    return evaluations.tailMap(1);
  }
}
