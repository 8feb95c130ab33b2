package io.lodisc.training.queue;

import java.time.Duration;

/**
 * The queue's rules.
 *
 * @param lease how long a worker may be silent before its job is another's
 * @param backoff before the first new attempt; doubled with each, up to {@link #LONGEST}
 * @param runningPerOwner jobs of one owner that run at a time; 0: any
 */
public record QueuePolicy(Duration lease, Duration backoff, int runningPerOwner) {

  static final Duration LONGEST = Duration.ofMinutes(10);

  public static final QueuePolicy DEFAULT =
      new QueuePolicy(Duration.ofSeconds(60), Duration.ofSeconds(5), 0);
}
