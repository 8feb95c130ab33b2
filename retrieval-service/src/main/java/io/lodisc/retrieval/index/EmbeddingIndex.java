package io.lodisc.retrieval.index;

import io.lodisc.retrieval.collection.PictureCollection;
import java.util.List;
import java.util.Map;

/** Finds the items whose embeddings are nearest to a vector. */
public interface EmbeddingIndex {

  /**
   * The nearest items, best first, ties by id.
   *
   * @param collection as read for this search: what was committed before that is found
   * @param query L2-normalised, as long as the collection's dimension
   * @param k how many at most
   */
  List<Hit> nearest(PictureCollection collection, float[] query, int k, ItemFilter filter);

  /** Bytes of the vectors that this process holds, by the collection's key. */
  Map<Long, Long> sizes();
}
