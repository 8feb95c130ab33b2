package io.lodisc.training.job;

import io.lodisc.training.storage.Waiting;
import java.io.IOException;
import java.util.List;

/** What is done before a job's process is started. */
interface Preparation {

  /**
   * Brings what the process needs to this machine, and writes its orders.
   *
   * @return the process's command line
   */
  List<String> command(Waiting waiting) throws IOException;
}
