package io.lodisc.retrieval.search;

import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.retrieval.index.Hit;
import io.lodisc.retrieval.item.ItemPaths;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Ranked results. */
record SearchAnswer(String collection, Model model, int k, List<Result> results) {

  record Model(String alias, String checkpoint) {}

  /**
   * One of them.
   *
   * @param rank from 1
   * @param score cosine
   * @param picture path of its bytes
   */
  record Result(
      int rank,
      String id,
      float score,
      String label,
      String group,
      Map<String, String> metadata,
      String picture) {}

  static SearchAnswer of(PictureCollection collection, int k, List<Hit> hits) {
    return new SearchAnswer(
        collection.name(),
        new Model(collection.model(), collection.checkpoint()),
        k,
        IntStream.range(0, hits.size())
            .mapToObj(i -> result(collection.name(), i + 1, hits.get(i)))
            .toList());
  }

  private static Result result(String collection, int rank, Hit hit) {
    return new Result(
        rank,
        hit.item().id(),
        Math.clamp(hit.score(), -1f, 1f),
        hit.item().label(),
        hit.item().group(),
        hit.item().metadata(),
        ItemPaths.picture(collection, hit.item().id()));
  }
}
