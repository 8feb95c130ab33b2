package io.lodisc.training.support;

import io.lodisc.training.queue.Claim;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs that run, as far as the table says. */
public final class RunningJobs {

  private final JdbcClient jdbc;

  public RunningJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The first attempt at a new job. */
  public Claim first() {
    String id = UUID.randomUUID().toString();
    jdbc.sql(
            """
            insert into training.job (id, dataset, settings, state, epochs, steps, created_at, fence,
              lease_until)
            values (:id, 'none', '{}', 'RUNNING', 10, 1000, now(), 1, now() + interval '1 hour')
            """)
        .param("id", id)
        .update();
    return new Claim(id, "pretrain", "worker", 1, null);
  }

  /** The next attempt: the one before is stale. */
  public Claim next(Claim claim) {
    jdbc.sql("update training.job set fence = fence + 1 where id = :id")
        .param("id", claim.job())
        .update();
    return new Claim(claim.job(), claim.type(), "other", claim.fence() + 1, null);
  }
}
