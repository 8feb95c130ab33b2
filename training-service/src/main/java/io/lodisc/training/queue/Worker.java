package io.lodisc.training.queue;

import java.util.List;

/**
 * Who asks for a job, and what it can run.
 *
 * @param name no two living processes have the same
 * @param types of jobs
 * @param gpu whether it has one
 * @param memoryMebibytes that a job may use
 * @param labels that jobs may ask for
 */
public record Worker(
    String name, List<String> types, boolean gpu, long memoryMebibytes, List<String> labels) {

  public Worker {
    types = List.copyOf(types);
    labels = List.copyOf(labels);
  }
}
