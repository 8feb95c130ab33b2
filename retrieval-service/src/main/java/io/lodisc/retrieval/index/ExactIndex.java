package io.lodisc.retrieval.index;

import io.lodisc.retrieval.collection.CollectionDeleted;
import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.retrieval.item.Embeddings;
import io.lodisc.retrieval.item.ItemRemoved;
import io.lodisc.retrieval.item.ItemsAdded;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Compares the query with every item. Collections are loaded when they are first searched; writes
 * of this replica are followed one by one, and where the version shows that others wrote, the
 * collection is loaded anew.
 */
@Component
class ExactIndex implements EmbeddingIndex {

  private final Embeddings embeddings;
  private final ConcurrentMap<Long, Rows> loaded = new ConcurrentHashMap<>();

  ExactIndex(Embeddings embeddings) {
    this.embeddings = embeddings;
  }

  @Override
  public List<Hit> nearest(PictureCollection collection, float[] query, int k, ItemFilter filter) {
    Rows rows = loaded.get(collection.key());
    if (rows == null || rows.version < collection.version()) {
      rows =
          loaded.compute(
              collection.key(),
              (key, current) ->
                  current != null && current.version >= collection.version()
                      ? current
                      : load(collection.name()));
    }
    return rows.nearest(query, k, filter);
  }

  @Override
  public Map<Long, Long> sizes() {
    return loaded.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().bytes()));
  }

  @EventListener
  void follow(ItemsAdded event) {
    loaded.computeIfPresent(
        event.collection(),
        (key, rows) ->
            rows.version == event.version() - 1
                ? rows.plus(event.version(), event.items())
                : currentOrNone(rows, event.version()));
  }

  @EventListener
  void follow(ItemRemoved event) {
    loaded.computeIfPresent(
        event.collection(),
        (key, rows) ->
            rows.version == event.version() - 1
                ? rows.minus(event.version(), event.id())
                : currentOrNone(rows, event.version()));
  }

  @EventListener
  void follow(CollectionDeleted event) {
    loaded.remove(event.key());
  }

  private static Rows currentOrNone(Rows rows, long version) {
    return rows.version >= version ? rows : null;
  }

  private Rows load(String name) {
    Embeddings.Snapshot snapshot = embeddings.all(name);
    return Rows.of(snapshot.collection().version(), snapshot.items());
  }
}
