package io.lodisc.retrieval.blob;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps a picture as long as an item refers to it. Storing and sweeping exclude one another by a
 * lock in the database, so that no replica sweeps what another is about to refer to.
 */
@Component
public class PictureKeeping {

  private static final long LOCK = 0x6c6f64697363L;

  private final JdbcClient database;
  private final PictureBlobs blobs;

  PictureKeeping(JdbcClient database, PictureBlobs blobs) {
    this.database = database;
    this.blobs = blobs;
  }

  /** Called before pictures are stored, in the transaction that will refer to them. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void beginStoring() {
    lock("select pg_advisory_xact_lock_shared(?)");
  }

  /** Deletes those of the pictures that no item refers to. */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public void sweep(Collection<String> pictures) {
    if (pictures.isEmpty()) {
      return;
    }
    lock("select pg_advisory_xact_lock(?)");
    Set<String> orphans = new HashSet<>(pictures);
    orphans.removeAll(
        database
            .sql("select distinct picture from retrieval.item where picture = any(?)")
            .param(pictures.toArray(String[]::new))
            .query(String.class)
            .list());
    orphans.forEach(blobs::delete);
  }

  private void lock(String statement) {
    database.sql(statement).param(LOCK).query(row -> {});
  }
}
