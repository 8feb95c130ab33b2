package io.lodisc.training.queue;

import static io.lodisc.training.queue.JobState.CANCELLED;
import static io.lodisc.training.queue.JobState.FAILED;
import static io.lodisc.training.queue.JobState.PAUSED;
import static io.lodisc.training.queue.JobState.QUEUED;
import static io.lodisc.training.queue.JobState.RUNNING;
import static io.lodisc.training.queue.JobState.SUCCEEDED;

import java.util.Set;

/** The state machine of jobs: every change there is. What is not here is refused. */
public enum JobMove {
  /** A worker takes it. */
  CLAIM(RUNNING, QUEUED),
  /** It did what it was to do. */
  SUCCEED(SUCCEEDED, RUNNING),
  /** It cannot succeed, however often it is tried. */
  FAIL(FAILED, RUNNING),
  /** Its worker or process was lost, and attempts remain. */
  RETRY(QUEUED, RUNNING),
  /** Its worker or process was lost, and none remains. */
  GIVE_UP(FAILED, RUNNING),
  /** Its worker shuts down; another goes on. */
  RELEASE(QUEUED, RUNNING),
  /** A user pauses it; a running one stops first, see {@link #SUSPEND}. */
  PAUSE(PAUSED, QUEUED),
  /** A running job that was to pause has stopped. */
  SUSPEND(PAUSED, RUNNING),
  /** A user cancels it; a running one stops first, see {@link #STOP}. */
  CANCEL(CANCELLED, QUEUED, PAUSED),
  /** A running job that was to be cancelled has stopped. */
  STOP(CANCELLED, RUNNING),
  /** A user lets it go on. */
  RESUME(QUEUED, PAUSED, FAILED, CANCELLED);

  private final JobState to;
  private final Set<JobState> from;

  JobMove(JobState to, JobState... from) {
    this.to = to;
    this.from = Set.of(from);
  }

  public JobState to() {
    return to;
  }

  public Set<JobState> from() {
    return from;
  }
}
