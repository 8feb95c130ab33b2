package io.lodisc.training.job;

import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.Set;
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
  void hold(Job job) {
    Set<String> datasets =
        names("select name from training.dataset where name = :name for key share", job.dataset());
    if (datasets.isEmpty()) {
      throw gone("data set", job.dataset());
    }
    Set<String> needed =
        names("select checkpoint from training.checkpoint_use where job = :name", job.id());
    needed.removeAll(
        names(
            """
            select id from training.checkpoint
            where id in (select checkpoint from training.checkpoint_use where job = :name)
            for key share
            """,
            job.id()));
    if (!needed.isEmpty()) {
      throw gone("checkpoint", needed.iterator().next());
    }
  }

  private Set<String> names(String sql, String of) {
    return jdbc.sql(sql).param("name", of).query(String.class).set();
  }

  private static ApiException gone(String what, String name) {
    return new ApiException(
        Problem.NOT_FOUND,
        "The %s '%s' was deleted just now.".formatted(what, name),
        "Choose another one.");
  }
}
