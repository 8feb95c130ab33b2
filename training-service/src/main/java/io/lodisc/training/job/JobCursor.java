package io.lodisc.training.job;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page of jobs ended: at this job, whether it still is there or not. */
record JobCursor(JobSort sort, int priority, long seq) {

  private static final Pattern FORM = Pattern.compile("([A-Z]{1,9}):(-?\\d{1,9}):(\\d{1,18})");

  static JobCursor after(Job job, JobSort sort) {
    return new JobCursor(sort, job.priority(), job.seq());
  }

  /** For users, who need not read it. */
  String text() {
    byte[] bytes = "%s:%d:%d".formatted(sort, priority, seq).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The inverse of {@link #text}; empty for what it has not written. */
  static Optional<JobCursor> of(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      Matcher parts = FORM.matcher(plain);
      return parts.matches() ? Optional.of(of(parts)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static JobCursor of(MatchResult parts) {
    return new JobCursor(
        JobSort.valueOf(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Long.parseLong(parts.group(3)));
  }
}
