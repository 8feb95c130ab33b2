package io.lodisc.retrieval.blob;

import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps a picture as long as an item refers to it. Pictures are stored before the transaction that
 * refers to them, which may take long. They are announced in the database first, and what is
 * announced no replica sweeps; if the announcement is not followed by items, they are swept when
 * its time is over. Announcing and sweeping exclude one another by a lock in the database, so that
 * no picture is swept that another replica has just found in its place.
 */
@Component
public class PictureKeeping {

  private static final long LOCK = 0x6c6f64697363L;

  /** Stored between two renewals of the announcement, and swept in one transaction. */
  private static final int SOME = 200;

  private static final String SOON = "now() + interval '10 minutes'";
  private static final Logger log = LoggerFactory.getLogger(PictureKeeping.class);

  private record Unsettled(UUID id, String[] pictures) {}

  private final JdbcClient database;
  private final PictureBlobs blobs;
  private final TransactionTemplate transaction;

  PictureKeeping(JdbcClient database, PictureBlobs blobs, TransactionTemplate transaction) {
    this.database = database;
    this.blobs = blobs;
    this.transaction = transaction;
  }

  /**
   * Stores pictures, then lets items refer to them. If that fails, those go that no item has.
   *
   * @param pictures by their SHA-256
   * @param items writes them, in a transaction
   */
  @Transactional(propagation = Propagation.NEVER)
  public <T> T store(Map<String, Resource> pictures, Supplier<T> items) {
    UUID announced = announce(pictures.keySet());
    try {
      Map<String, Resource> some = new LinkedHashMap<>();
      for (Map.Entry<String, Resource> one : pictures.entrySet()) {
        some.put(one.getKey(), one.getValue());
        if (some.size() == SOME) {
          blobs.put(some);
          some.clear();
          announced(announced, "update retrieval.unsettled set until = " + SOON);
        }
      }
      blobs.put(some);
      return transaction.execute(
          status -> {
            announced(announced, "delete from retrieval.unsettled");
            return items.get();
          });
    } catch (RuntimeException e) {
      withdraw(announced, pictures.keySet(), e);
      throw e;
    }
  }

  private UUID announce(Collection<String> pictures) {
    return transaction.execute(
        status -> {
          lock("select pg_advisory_xact_lock_shared(?)");
          return database
              .sql(
                  "insert into retrieval.unsettled (pictures, until) values (?, %s) returning id"
                      .formatted(SOON))
              .param(pictures.toArray(String[]::new))
              .query(UUID.class)
              .single();
        });
  }

  /** Does something with an announcement that is still good. */
  private void announced(UUID id, String statement) {
    if (database.sql(statement + " where id = ? and until > now()").param(id).update() == 0) {
      throw new ApiException(
          Problem.UPSTREAM_UNAVAILABLE,
          "The pictures took too long to store.",
          "Nothing was added; try again, with fewer at a time.");
    }
  }

  /** Also where the announcement has run out and is gone, but more was stored since. */
  private void withdraw(UUID id, Collection<String> pictures, RuntimeException reason) {
    try {
      database
          .sql(
              """
              insert into retrieval.unsettled values (?, ?, now())
              on conflict (id) do update set until = excluded.until
              """)
          .params(id, pictures.toArray(String[]::new))
          .update();
      sweep();
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  /** Called in the transaction that deletes items with these pictures, before a sweep. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void unsettle(Collection<String> pictures) {
    if (!pictures.isEmpty()) {
      database
          .sql("insert into retrieval.unsettled (pictures, until) values (?, now())")
          .param(pictures.toArray(String[]::new))
          .update();
    }
  }

  /** Deletes the pictures that nothing refers to; what cannot be deleted now is left for later. */
  @Scheduled(fixedDelayString = "PT10M")
  public void sweep() {
    try {
      while (transaction.execute(status -> sweepSome())) {
        // until nothing is left
      }
    } catch (RuntimeException e) {
      log.warn("Pictures that no item has could not be deleted; trying again later", e);
    }
  }

  /** Whether there was something to do. */
  private boolean sweepSome() {
    lock("select pg_advisory_xact_lock(?)");
    List<Unsettled> next =
        database
            .sql(
                """
                select id, pictures from retrieval.unsettled where until <= now()
                order by until limit 1 for update skip locked
                """)
            .query(
                (row, number) ->
                    new Unsettled(
                        row.getObject(1, UUID.class), (String[]) row.getArray(2).getArray()))
            .list();
    next.forEach(this::sweepSome);
    return !next.isEmpty();
  }

  private void sweepSome(Unsettled unsettled) {
    List<String> all = List.of(unsettled.pictures());
    List<String> some = all.subList(0, Math.min(SOME, all.size()));
    // One statement, hence one moment: an announcement goes when its items come.
    blobs.delete(
        database
            .sql(
                """
                select unsettled from unnest(?::text[]) unsettled
                where not exists (select from retrieval.item where item.picture = unsettled)
                  and unsettled not in
                    (select unnest(pictures) from retrieval.unsettled where id <> ?)
                """)
            .params(some.toArray(String[]::new), unsettled.id())
            .query(String.class)
            .list());
    if (some.size() == all.size()) {
      database.sql("delete from retrieval.unsettled where id = ?").param(unsettled.id()).update();
    } else {
      database
          .sql("update retrieval.unsettled set pictures = ? where id = ?")
          .params(all.subList(SOME, all.size()).toArray(String[]::new), unsettled.id())
          .update();
    }
  }

  private void lock(String statement) {
    database.sql(statement).param(LOCK).query(row -> {});
  }
}
