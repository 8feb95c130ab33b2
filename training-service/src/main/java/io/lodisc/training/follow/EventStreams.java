package io.lodisc.training.follow;

import io.lodisc.training.ApiRole;
import io.lodisc.training.TrainingProperties;
import io.lodisc.training.follow.JobEvents.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Sends events as they come, each stream on the thread of its request. All end when the service
 * does, after its workers and before the web server waits for its requests.
 */
@ApiRole
@Component
class EventStreams implements SmartLifecycle {

  private static final Duration POLL = Duration.ofMillis(300);
  private static final byte[] STILL_HERE = ": still here\n\n".getBytes(StandardCharsets.UTF_8);
  private static final int BETWEEN_WORKERS_AND_SERVER = DEFAULT_PHASE - 512;
  private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

  private final JobEvents events;
  private final Duration heartbeat;
  private volatile CountDownLatch ending = new CountDownLatch(0);

  EventStreams(JobEvents events, TrainingProperties properties) {
    this.events = events;
    this.heartbeat = properties.follow().heartbeat();
  }

  /**
   * Sends a job's events until its last one, or until it is deleted. While the database is away it
   * waits.
   *
   * @param after number of the last one that the reader has seen
   * @throws IOException if the reader is gone, or reads nothing for longer than the server waits
   */
  void send(String job, long after, OutputStream out) throws IOException, InterruptedException {
    long seen = after;
    long spoken = System.nanoTime();
    while (true) {
      Optional<Page> page = next(job, seen);
      if (page.isEmpty()) {
        return;
      }
      for (JobEvent event : page.get().events()) {
        out.write(event.frame());
        seen = event.seq();
      }
      boolean silent = page.get().events().isEmpty();
      if (silent && System.nanoTime() - spoken > heartbeat.toNanos()) {
        out.write(STILL_HERE);
        silent = false;
      }
      if (!silent) {
        out.flush();
        spoken = System.nanoTime();
      }
      if (page.get().endsAt(seen) || isEnding(page.get().isFull() ? Duration.ZERO : POLL)) {
        return;
      }
    }
  }

  private Optional<Page> next(String job, long seen) {
    try {
      return events.after(job, seen);
    } catch (DataAccessException e) {
      log.warn("The events of job {} cannot be read; trying again", job, e);
      return Optional.of(Page.NOTHING);
    }
  }

  private boolean isEnding(Duration within) throws InterruptedException {
    return ending.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public int getPhase() {
    return BETWEEN_WORKERS_AND_SERVER;
  }

  @Override
  public void start() {
    ending = new CountDownLatch(1);
  }

  @Override
  public void stop() {
    ending.countDown();
  }

  @Override
  public boolean isRunning() {
    return ending.getCount() > 0;
  }
}
