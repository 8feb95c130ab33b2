package io.lodisc.retrieval.index;

import io.lodisc.retrieval.item.EmbeddedItem;
import io.lodisc.retrieval.item.ItemFacts;
import io.lodisc.retrieval.vector.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * A collection's embeddings at one version, row by row. Readers need no lock: a later version
 * shares the arrays and only writes behind the rows that this one knows, so it must be made from
 * the latest.
 */
final class Rows {

  private static final int CHUNK = 4096;

  final long version;
  private final int dimension;
  private final int count;
  private final ItemFacts[] items;
  private final float[] vectors;

  private Rows(long version, int dimension, int count, ItemFacts[] items, float[] vectors) {
    this.version = version;
    this.dimension = dimension;
    this.count = count;
    this.items = items;
    this.vectors = vectors;
  }

  static Rows of(long version, List<EmbeddedItem> items) {
    return new Rows(0, 0, 0, new ItemFacts[0], new float[0]).plus(version, items);
  }

  Rows plus(long version, List<EmbeddedItem> added) {
    if (added.isEmpty()) {
      return new Rows(version, dimension, count, items, vectors);
    }
    int width = added.getFirst().vector().length;
    int total = count + added.size();
    ItemFacts[] facts = items;
    float[] rows = vectors;
    if (total > items.length) {
      int capacity = count == 0 ? total : Math.max(total, count + count / 2);
      facts = Arrays.copyOf(items, capacity);
      rows = Arrays.copyOf(vectors, Math.multiplyExact(capacity, width));
    }
    for (int i = 0; i < added.size(); i++) {
      facts[count + i] = added.get(i).facts();
      System.arraycopy(added.get(i).vector(), 0, rows, (count + i) * width, width);
    }
    return new Rows(version, width, total, facts, rows);
  }

  Rows minus(long version, String id) {
    int row =
        IntStream.range(0, count).filter(i -> items[i].id().equals(id)).findFirst().orElse(-1);
    if (row < 0) {
      return new Rows(version, dimension, count, items, vectors);
    }
    ItemFacts[] facts = Arrays.copyOf(items, count - 1);
    float[] rows = Arrays.copyOf(vectors, (count - 1) * dimension);
    int after = count - row - 1;
    System.arraycopy(items, row + 1, facts, row, after);
    System.arraycopy(vectors, (row + 1) * dimension, rows, row * dimension, after * dimension);
    return new Rows(version, dimension, count - 1, facts, rows);
  }

  /** Of the vectors; later versions share them. */
  long bytes() {
    return (long) Float.BYTES * vectors.length;
  }

  /** The nearest rows, best first, by a scan on all processors. */
  List<Hit> nearest(float[] query, int k, ItemFilter filter) {
    return IntStream.range(0, Math.ceilDiv(count, CHUNK))
        .parallel()
        .mapToObj(chunk -> scan(chunk * CHUNK, query, k, filter))
        .flatMap(PriorityQueue::stream)
        .sorted(Hit.BEST_FIRST)
        .limit(k)
        .toList();
  }

  private PriorityQueue<Hit> scan(int from, float[] query, int k, ItemFilter filter) {
    PriorityQueue<Hit> best = new PriorityQueue<>(Hit.BEST_FIRST.reversed());
    for (int row = from; row < Math.min(from + CHUNK, count); row++) {
      if (filter.accepts(items[row])) {
        Hit hit = new Hit(items[row], Vectors.dot(query, vectors, row * dimension));
        if (best.size() < k) {
          best.add(hit);
        } else if (Hit.BEST_FIRST.compare(hit, best.peek()) < 0) {
          best.poll();
          best.add(hit);
        }
      }
    }
    return best;
  }
}
