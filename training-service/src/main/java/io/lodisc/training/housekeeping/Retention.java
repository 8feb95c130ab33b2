package io.lodisc.training.housekeeping;

import io.lodisc.training.housekeeping.CheckpointRows.Stored;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.JobState;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Deletes checkpoints that the policy does not keep. */
@Component
public class Retention {

  private static final String WHO = "retention";
  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private record Holder(JobState state, long fence) {}

  private final CheckpointRows checkpoints;
  private final FileDeletion files;
  private final RetentionPolicy policy;
  private final JdbcClient jdbc;
  private final TransactionOperations transaction;

  Retention(
      CheckpointRows checkpoints,
      FileDeletion files,
      RetentionPolicy policy,
      JdbcClient jdbc,
      TransactionOperations transaction) {
    this.checkpoints = checkpoints;
    this.files = files;
    this.policy = policy;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * For a job whose checkpoint was published, or that has ended. A worker that lost the job deletes
   * nothing; what cannot be done now is left to the sweep.
   */
  public void after(Claim claim) {
    apply(claim.job(), claim.fence());
  }

  /** For all jobs that no worker holds. */
  void sweep() {
    jdbc.sql(
            """
            select job.id from training.job join training.checkpoint on checkpoint.job = job.id
            where job.state <> 'RUNNING' group by job.id having count(*) > :last
            """)
        .param("last", policy.last())
        .query(String.class)
        .list()
        .forEach(job -> apply(job, null));
  }

  private void apply(String job, Long fence) {
    try {
      List<Stored> gone = transaction.execute(status -> deleteRows(job, fence));
      files.delete(gone);
    } catch (DataAccessException | TransactionException e) {
      log.warn("Old checkpoints of job {} could not be deleted; the sweep will try again", job, e);
    }
  }

  private List<Stored> deleteRows(String job, Long fence) {
    Optional<Holder> holder =
        jdbc.sql("select state, fence from training.job where id = :id for update")
            .param("id", job)
            .query((row, number) -> new Holder(JobState.valueOf(row.getString(1)), row.getLong(2)))
            .optional();
    if (holder.isEmpty() || isAnothers(holder.get(), fence)) {
      return List.of();
    }
    List<Stored> all = checkpoints.lockAllOf(job);
    List<Stored> gone = policy.superfluous(all, checkpoints.uses(all, null).keySet());
    checkpoints.delete(gone, WHO, policy.why());
    return gone;
  }

  private static boolean isAnothers(Holder holder, Long fence) {
    return holder.state() == JobState.RUNNING
        && (fence == null || holder.fence() != fence.longValue());
  }
}
