package io.lodisc.training.job;

import io.lodisc.training.queue.Answer;
import io.lodisc.training.storage.StoppedException;
import io.lodisc.training.storage.Waiting;
import io.lodisc.web.blob.BlobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An attempt that waits for what it needs, tells of it in its log, and outlasts a store that is
 * away.
 */
final class AttemptWaiting implements Waiting {

  private static final Logger log = LoggerFactory.getLogger(AttemptWaiting.class);

  private final Attempt attempt;
  private final Path file;

  /**
   * @param folder of the attempt
   */
  AttemptWaiting(Attempt attempt, Path folder) {
    this.attempt = attempt;
    this.file = AttemptLogs.file(folder);
  }

  @Override
  public void tell(String words) {
    try {
      Files.writeString(file, words + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      log.warn("The log of job {} cannot be written", attempt.claim().job(), e);
    }
  }

  @Override
  public void goOn() {
    if (attempt.asked() != Answer.GO_ON) {
      throw new StoppedException();
    }
  }

  @Override
  public void failed(BlobException e) {
    if (!e.isPassing()) {
      throw e;
    }
    log.warn("Job {} waits for the store", attempt.claim().job(), e);
    tell("the store does not answer; trying again");
    attempt.pause();
    goOn();
  }
}
