package io.lodisc.training.follow;

import java.nio.charset.StandardCharsets;

/**
 * What a follower of a job is told.
 *
 * @param seq counts the job's events
 * @param type such as {@code state}
 * @param data as JSON
 */
record JobEvent(long seq, String type, String data) {

  /** As the HTML standard's server-sent events have it. */
  byte[] frame() {
    return "id: %d\nevent: %s\ndata: %s\n\n"
        .formatted(seq, type, data)
        .getBytes(StandardCharsets.UTF_8);
  }
}
