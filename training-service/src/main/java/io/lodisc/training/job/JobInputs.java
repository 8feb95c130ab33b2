package io.lodisc.training.job;

import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a job needs, which nobody may delete while the job is being taken. */
@Repository
class JobInputs {

  private final JdbcClient jdbc;

  JobInputs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks its data set and checkpoints until the transaction ends; a 404 if one is gone. */
  void hold(String dataset, JobType.Plan plan) {
    hold("data set", dataset, "select true from training.dataset where name = :name for key share");
    Stream.of(plan.start(), plan.parent())
        .filter(Objects::nonNull)
        .forEach(
            id ->
                hold(
                    "checkpoint",
                    id,
                    "select true from training.checkpoint where id = :name for key share"));
  }

  private void hold(String what, String name, String lock) {
    if (jdbc.sql(lock).param("name", name).query(Boolean.class).optional().isEmpty()) {
      throw new ApiException(
          Problem.NOT_FOUND,
          "The %s '%s' was deleted just now.".formatted(what, name),
          "Choose another one.");
    }
  }
}
