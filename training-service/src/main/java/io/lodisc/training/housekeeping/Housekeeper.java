package io.lodisc.training.housekeeping;

import io.lodisc.training.housekeeping.HousekeepingProperties.Sweeping;
import io.lodisc.web.blob.BlobStore;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Applies the retention and sweeps, at start and every so often, in one process at a time. */
@Component
class Housekeeper implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Housekeeper.class);

  private final Retention retention;
  private final Sweep sweep;
  private final StoreSweep storeSweep;
  private final boolean apart;
  private final DataSource database;
  private final Sweeping rules;
  private final Object turn = new Object();
  private Thread thread;
  private CountDownLatch stop;

  Housekeeper(
      Retention retention,
      Sweep sweep,
      StoreSweep storeSweep,
      BlobStore store,
      DataSource database,
      HousekeepingProperties properties) {
    this.retention = retention;
    this.sweep = sweep;
    this.storeSweep = storeSweep;
    this.apart = store.folder().isEmpty();
    this.database = database;
    this.rules = properties.sweep();
  }

  /**
   * Does it now, unless another process is at it; where the store is apart, this machine's files
   * are each process's own to sweep. Returns when it is done, whether or not it could be.
   */
  void tidy() {
    try {
      synchronized (turn) {
        Instant before = Instant.now().minus(rules.grace());
        if (apart) {
          sweep.run(before); // no other process may have this lodisc.home
        }
        OneProcess.run(
            database,
            () -> {
              retention.sweep();
              if (apart) {
                storeSweep.run(before);
              } else {
                sweep.run(before);
              }
            });
      }
    } catch (Exception e) {
      log.error("The housekeeping failed; trying again next time", e);
    }
  }

  @Override
  public synchronized void start() {
    stop = new CountDownLatch(1);
    if (!rules.every().isZero()) {
      thread = Thread.ofPlatform().daemon().name("housekeeping").start(this::repeat);
    }
  }

  @Override
  public synchronized void stop() {
    stop.countDown();
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop = null;
    thread = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return stop != null;
  }

  private void repeat() {
    CountDownLatch mine = stop;
    try {
      do {
        tidy();
      } while (!mine.await(rules.every().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
