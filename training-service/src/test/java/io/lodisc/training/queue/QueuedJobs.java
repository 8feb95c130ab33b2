package io.lodisc.training.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs put straight into the table, and what the table says of them. */
final class QueuedJobs {

  private final JdbcClient jdbc;

  QueuedJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<String> submit(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(submit("priority", "0"));
    }
    return ids;
  }

  /** One job with a column set. */
  String submit(String column, String value) {
    String id = UUID.randomUUID().toString();
    jdbc.sql(
            "insert into training.job (id, dataset, settings, state, epochs, steps, created_at, "
                + column
                + ") values (:id, 'queue', '{}', 'QUEUED', 1, 1, now(), "
                + value
                + ")")
        .param("id", id)
        .update();
    return id;
  }

  JobState state(String id) {
    return JobState.valueOf(text(id, "state"));
  }

  String text(String id, String column) {
    return jdbc.sql("select " + column + "::text from training.job where id = :id")
        .param("id", id)
        .query((row, number) -> row.getString(1))
        .single();
  }

  void set(String id, String assignment) {
    jdbc.sql("update training.job set " + assignment + " where id = :id").param("id", id).update();
  }

  /** What the audit says happened to a job, such as {@code job.claim}. */
  List<String> audit(String id) {
    return jdbc.sql(
            "select who || ' ' || what from training.audit where subject = :id order by seq")
        .param("id", id)
        .query(String.class)
        .list();
  }
}
