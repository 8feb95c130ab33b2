package io.lodisc.retrieval.item;

import io.lodisc.retrieval.blob.PictureKeeping;
import io.lodisc.retrieval.collection.Catalogue;
import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.retrieval.encoder.Encoding;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Adds and removes items: all rows in one transaction, their pictures before and after it. */
@Service
public class ItemWriter {

  private static final int FLUSH_EVERY = 500;

  private final Catalogue catalogue;
  private final ItemRepository items;
  private final EntityManager entities;
  private final PictureKeeping keeping;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;

  ItemWriter(
      Catalogue catalogue,
      ItemRepository items,
      EntityManager entities,
      PictureKeeping keeping,
      TransactionTemplate transaction,
      ApplicationEventPublisher events) {
    this.catalogue = catalogue;
    this.items = items;
    this.entities = entities;
    this.keeping = keeping;
    this.transaction = transaction;
    this.events = events;
  }

  /**
   * Refuses ids that the collection has already.
   *
   * @throws ApiException ALREADY_EXISTS naming the first of them
   */
  public void refuseTaken(PictureCollection collection, List<String> ids) {
    List<String> taken = items.taken(collection.key(), ids.toArray(String[]::new));
    if (!taken.isEmpty()) {
      throw new ApiException(
          Problem.ALREADY_EXISTS,
          "The collection '%s' has %s already."
              .formatted(
                  collection.name(),
                  taken.size() == 1
                      ? "an item '%s'".formatted(taken.getFirst())
                      : "%d of these ids, '%s' among them"
                          .formatted(taken.size(), taken.getFirst())),
          "Delete what is there first, or use other ids.");
    }
  }

  /** Adds all of the items or none; the encoding's vectors are theirs, in order. */
  public List<Item> add(String name, List<NewItem> added, Encoding encoding) {
    Map<String, Resource> pictures = new LinkedHashMap<>();
    added.forEach(item -> pictures.put(item.picture().sha256(), item.picture().content()));
    List<Item> rows = new ArrayList<>();
    ItemsAdded event = keeping.store(pictures, () -> write(name, added, encoding, rows));
    events.publishEvent(event);
    return rows;
  }

  private ItemsAdded write(String name, List<NewItem> added, Encoding encoding, List<Item> rows) {
    PictureCollection collection = catalogue.lock(name);
    ModelRule.check(collection, encoding);
    refuseTaken(collection, added.stream().map(NewItem::id).toList());
    collection.add(added.size(), encoding.checkpoint(), encoding.dimension());
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    for (int i = 0; i < added.size(); i++) {
      Item row = new Item(collection.key(), added.get(i), now);
      entities.persist(row);
      entities.persist(new Embedding(row.key(), encoding.vectors().get(i)));
      rows.add(row);
      if (rows.size() % FLUSH_EVERY == 0) {
        entities.flush();
        entities.clear();
      }
    }
    return new ItemsAdded(
        collection.key(), collection.version(), embedded(added, encoding.vectors()));
  }

  /** Removes an item, and its picture where no other item has it. */
  public void remove(String name, String id) {
    ItemRemoved removed =
        transaction.execute(
            status -> {
              PictureCollection collection = catalogue.lock(name);
              Item item =
                  items
                      .findByCollectionAndId(collection.key(), id)
                      .orElseThrow(() -> Embeddings.unknown(collection, id));
              items.delete(item);
              collection.removeOne();
              keeping.unsettle(List.of(item.picture()));
              return new ItemRemoved(collection.key(), collection.version(), id);
            });
    events.publishEvent(removed);
    keeping.sweep();
  }

  private static List<EmbeddedItem> embedded(List<NewItem> items, List<float[]> vectors) {
    return IntStream.range(0, items.size())
        .mapToObj(
            i -> {
              NewItem item = items.get(i);
              return new EmbeddedItem(
                  item.id(),
                  item.label(),
                  item.group(),
                  item.metadata(),
                  item.picture().sha256(),
                  vectors.get(i));
            })
        .toList();
  }
}
