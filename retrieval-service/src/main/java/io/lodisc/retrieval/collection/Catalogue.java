package io.lodisc.retrieval.collection;

import io.lodisc.retrieval.blob.PictureKeeping;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The collections that there are. */
@Service
public class Catalogue {

  private final CollectionRepository collections;
  private final PictureKeeping pictures;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;

  Catalogue(
      CollectionRepository collections,
      PictureKeeping pictures,
      TransactionTemplate transaction,
      ApplicationEventPublisher events) {
    this.collections = collections;
    this.pictures = pictures;
    this.transaction = transaction;
    this.events = events;
  }

  PictureCollection create(String name, String model) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    try {
      return collections.saveAndFlush(new PictureCollection(name, model, now));
    } catch (DataIntegrityViolationException e) {
      throw new ApiException(
          Problem.ALREADY_EXISTS,
          "There is a collection '%s' already.".formatted(name),
          "Choose another name, or delete that collection first.");
    }
  }

  List<PictureCollection> all() {
    return collections.findAllByOrderByName();
  }

  /** The 100 with the most items. */
  public List<PictureCollection> largest() {
    return collections.findTop100ByOrderByItemsDesc();
  }

  /**
   * The collection of that name.
   *
   * @throws ApiException NOT_FOUND if there is none
   */
  public PictureCollection get(String name) {
    return found(name, collections.findByName(name));
  }

  /** The collection, in a transaction, at whose end the next writer may have it. */
  public PictureCollection lock(String name) {
    return found(name, collections.lockByName(name));
  }

  void delete(String name) {
    long deleted =
        transaction.execute(
            status -> {
              PictureCollection collection = lock(name);
              pictures.unsettle(collections.picturesOf(collection.key()));
              collections.delete(collection);
              return collection.key();
            });
    events.publishEvent(new CollectionDeleted(deleted));
    pictures.sweep();
  }

  private static PictureCollection found(String name, Optional<PictureCollection> collection) {
    return collection.orElseThrow(
        () ->
            new ApiException(
                Problem.NOT_FOUND,
                "There is no collection '%s'.".formatted(name),
                "GET /api/v1/collections lists them; POST there creates one."));
  }
}
