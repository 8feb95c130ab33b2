package io.lodisc.training.job;

import io.lodisc.training.pretrain.TrainingLog.EpochRow;
import io.lodisc.training.queue.Claim;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each epoch of a job measured. */
@Repository
class JobEpochs {

  private final JdbcClient jdbc;
  private final JsonMapper json;

  JobEpochs(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * Keeps an epoch's row in place of an earlier one.
   *
   * @return false if it is known already, or the job is no longer this worker's
   */
  boolean put(Claim claim, EpochRow row) {
    return jdbc.sql(
                """
            insert into training.job_epoch (job, epoch, row)
            select id, :epoch, :row from training.job
            where id = :id and fence = :fence and state = 'RUNNING'
            on conflict (job, epoch) do update set row = excluded.row
            where job_epoch.row <> excluded.row
            """)
            .param("epoch", row.epoch())
            .param("row", json.writeValueAsString(row))
            .param("id", claim.job())
            .param("fence", claim.fence())
            .update()
        == 1;
  }

  /** A job's rows, the first epoch first. */
  List<JsonNode> of(String job) {
    return jdbc
        .sql("select row from training.job_epoch where job = :job order by epoch")
        .param("job", job)
        .query(String.class)
        .list()
        .stream()
        .map(json::readTree)
        .toList();
  }
}
