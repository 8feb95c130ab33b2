package io.lodisc.training.job;

/** How a job ended, and why if it did not succeed. */
record Outcome(JobState state, String reason) {

  static final Outcome SUCCEEDED = new Outcome(JobState.SUCCEEDED, null);
  static final Outcome CANCELLED = new Outcome(JobState.CANCELLED, null);

  static Outcome failed(String reason) {
    return new Outcome(JobState.FAILED, reason);
  }
}
