package io.lodisc.training.job;

import io.lodisc.training.queue.Outcome;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** A kind of job: what a request of it must hold, and how it is run. One bean a kind. */
public interface JobType {

  /** What requests call it. */
  String name();

  /**
   * Checks a request.
   *
   * @param request without the fields that all jobs have
   * @throws io.lodisc.web.ApiException if it is wrong
   */
  Plan plan(Dataset dataset, ObjectNode request);

  /**
   * Runs a job, on a thread of the worker's.
   *
   * @throws IOException if it could not be started, which is the machine's fault
   */
  Outcome run(JobOrder order, Attempt attempt) throws IOException, InterruptedException;

  /** Whether a job of this type leaves a checkpoint that could be promoted. */
  default boolean promotes() {
    return false;
  }

  /**
   * What is kept of a request.
   *
   * @param start id of the checkpoint to start from, or null
   * @param parent id of the checkpoint whose run it goes on, or null
   * @param settings as JSON, the defaults filled in
   * @param steps of all epochs together
   */
  record Plan(String start, String parent, String settings, int epochs, long steps) {}

  /** What a plan needs to know of its data set. */
  record Dataset(String name, int pictures) {}
}
