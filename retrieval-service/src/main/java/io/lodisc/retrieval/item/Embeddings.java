package io.lodisc.retrieval.item;

import io.lodisc.retrieval.collection.Catalogue;
import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads items with their vectors. */
@Service
public class Embeddings {

  /** A collection with all its items, as of one moment. */
  public record Snapshot(PictureCollection collection, List<EmbeddedItem> items) {}

  private final Catalogue catalogue;
  private final ItemRepository items;

  Embeddings(Catalogue catalogue, ItemRepository items) {
    this.catalogue = catalogue;
    this.items = items;
  }

  /** All of a collection, in the order it was added. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Snapshot all(String name) {
    PictureCollection collection = catalogue.get(name);
    try (Stream<EmbeddedItem> rows = items.embedded(collection.key())) {
      return new Snapshot(collection, rows.toList());
    }
  }

  /**
   * One item.
   *
   * @throws ApiException NOT_FOUND if the collection has no such item
   */
  public EmbeddedItem one(PictureCollection collection, String id) {
    return Optional.of(id)
        .filter(NewItem::isId)
        .flatMap(known -> items.embedded(collection.key(), known))
        .orElseThrow(() -> unknown(collection, id));
  }

  static ApiException unknown(PictureCollection collection, String id) {
    return new ApiException(
        Problem.NOT_FOUND,
        "The collection '%s' has no item '%s'.".formatted(collection.name(), id),
        "GET /api/v1/collections/%s/items lists its items.".formatted(collection.name()));
  }
}
