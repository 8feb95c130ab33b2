package io.lodisc.training.job;

import java.util.Locale;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;

/** The orders of a list of jobs. In each a job has a place that other jobs do not change. */
enum JobSort {
  NEWEST(Sort.by(Sort.Direction.DESC, "seq")) {
    @Override
    Specification<Job> after(JobCursor cursor) {
      return (job, query, is) -> is.lessThan(job.get("seq"), cursor.seq());
    }
  },
  OLDEST(Sort.by("seq")) {
    @Override
    Specification<Job> after(JobCursor cursor) {
      return (job, query, is) -> is.greaterThan(job.get("seq"), cursor.seq());
    }
  },
  /** As they are taken. */
  PRIORITY(Sort.by(Sort.Direction.DESC, "priority").and(Sort.by("seq"))) {
    @Override
    Specification<Job> after(JobCursor cursor) {
      return (job, query, is) ->
          is.or(
              is.lessThan(job.get("priority"), cursor.priority()),
              is.and(
                  is.equal(job.get("priority"), cursor.priority()),
                  is.greaterThan(job.get("seq"), cursor.seq())));
    }
  };

  private final Sort order;

  JobSort(Sort order) {
    this.order = order;
  }

  Sort order() {
    return order;
  }

  /** The jobs that come after a cursor. */
  abstract Specification<Job> after(JobCursor cursor);

  /** What requests call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
