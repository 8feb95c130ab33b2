package io.lodisc.training.follow;

import io.lodisc.training.queue.Claim;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what jobs measured, while they are still their worker's. */
@Repository
public class JobMetrics {

  private final JdbcClient jdbc;
  private final JsonMapper json;

  JobMetrics(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * Whether the job is this worker's, and stays so until the transaction ends. What earlier
   * attempts measured at a step and after it goes: it is done again.
   */
  public boolean goesOn(Claim claim, long step) {
    boolean held =
        jdbc.sql(
                "select true from training.job"
                    + " where id = :id and fence = :fence and state = 'RUNNING' for no key update")
            .param("id", claim.job())
            .param("fence", claim.fence())
            .query(Boolean.class)
            .optional()
            .isPresent();
    if (held) {
      jdbc.sql(
              "delete from training.job_metric"
                  + " where job = :id and fence < :fence and step >= :step")
          .param("id", claim.job())
          .param("fence", claim.fence())
          .param("step", step)
          .update();
    }
    return held;
  }

  /** Adds what a step measured to what is known of it; false if there is nothing new. */
  public boolean put(Claim claim, Metric metric) {
    return put(claim, ":step", metric.step(), metric.epoch(), metric.values());
  }

  /** The same of the last step of an epoch; 0: of the start weights. */
  public boolean putAtEpoch(Claim claim, int epoch, Map<String, Double> values) {
    return put(claim, ":step * steps / greatest(epochs, 1)", epoch, epoch, values);
  }

  private boolean put(
      Claim claim, String step, long number, int epoch, Map<String, Double> values) {
    return jdbc.sql(
                "insert into training.job_metric as old (job, step, epoch, fence, measured) select id, "
                    + step
                    + """
                    , :epoch, fence, :measured::jsonb from training.job
                    where id = :id and fence = :fence and state = 'RUNNING'
                    on conflict (job, step) do update set
                      measured = old.measured || excluded.measured, fence = excluded.fence
                    where not old.measured @> excluded.measured
                    """)
            .param("step", number)
            .param("epoch", epoch)
            .param("measured", json.writeValueAsString(values))
            .param("id", claim.job())
            .param("fence", claim.fence())
            .update()
        == 1;
  }
}
