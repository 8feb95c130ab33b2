package io.lodisc.training.job;

import io.lodisc.training.child.Progress;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The jobs' states. Each change is one statement that names the state it starts from, so that two
 * workers, or a worker and a cancelling user, cannot both win.
 */
@Repository
class JobQueue {

  /** What a worker learns when it reports. */
  enum Answer {
    GO_ON,
    CANCEL,
    LOST
  }

  private static final String OF_THIS_WORKER =
      " where id = :id and worker = :worker and attempt = :attempt and state = 'RUNNING'";
  private static final String GONE = "The training service stopped while the job ran.";

  private final JdbcClient jdbc;

  JobQueue(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The longest waiting job, now this worker's. */
  Optional<Claim> claim(String worker) {
    return jdbc.sql(
            """
            update training.job
            set state = 'RUNNING', worker = :worker, heartbeat = now(), started_at = now(),
              attempt = attempt + 1
            where seq = (
              select seq from training.job where state = 'QUEUED'
              order by seq limit 1 for update skip locked)
            returning id, attempt
            """)
        .param("worker", worker)
        .query((row, number) -> new Claim(row.getString("id"), worker, row.getInt("attempt")))
        .optional();
  }

  /** Says that the worker lives and how far its job is. */
  Answer report(Claim claim, Progress progress) {
    return withProgress(
            "set heartbeat = now(), seconds_left = :secondsLeft::bigint,", claim, progress)
        .param("secondsLeft", progress.secondsLeft())
        .query(Boolean.class)
        .optional()
        .map(cancel -> cancel ? Answer.CANCEL : Answer.GO_ON)
        .orElse(Answer.LOST);
  }

  /** Names the job's newest checkpoint; false if the job is no longer this worker's. */
  boolean newest(Claim claim, String checkpoint) {
    return of(claim, "update training.job set checkpoint = :checkpoint" + OF_THIS_WORKER)
            .param("checkpoint", checkpoint)
            .update()
        == 1;
  }

  /**
   * Keeps what the evaluations found so far, unless the job is no longer this worker's.
   *
   * @param evaluation start, last and best, as JSON
   */
  void evaluated(Claim claim, String evaluation) {
    of(claim, "update training.job set evaluation = :evaluation" + OF_THIS_WORKER)
        .param("evaluation", evaluation)
        .update();
  }

  /** Ends the job, unless it is no longer this worker's. */
  void end(Claim claim, Outcome outcome, Progress progress) {
    withProgress(
            "set state = :state, reason = :reason, seconds_left = null, ended_at = now(),",
            claim,
            progress)
        .param("state", outcome.state().name())
        .param("reason", outcome.reason())
        .query(Boolean.class)
        .optional();
  }

  /** Cancels a waiting job at once, asks a running one to stop; false if it is neither. */
  boolean cancel(String id) {
    return jdbc.sql(
                """
                update training.job
                set cancel_requested = true,
                  ended_at = case state when 'QUEUED' then now() end,
                  state = case state when 'QUEUED' then 'CANCELLED' else state end
                where id = :id and state in ('QUEUED', 'RUNNING')
                """)
            .param("id", id)
            .update()
        == 1;
  }

  /** Lets a job that failed or was cancelled wait again; false if it is neither. */
  boolean resume(String id) {
    return jdbc.sql(
                """
                update training.job
                set state = 'QUEUED', cancel_requested = false, reason = null, worker = null,
                  heartbeat = null, started_at = null, ended_at = null, seconds_left = null
                where id = :id and state in ('FAILED', 'CANCELLED')
                """)
            .param("id", id)
            .update()
        == 1;
  }

  /** Ends what a worker of that name left running before it was started anew. */
  int endAbandoned(String worker) {
    return endLost("worker = :which", worker);
  }

  /** Ends what ran under workers not heard of for so long, by the database's clock. */
  int endSilent(Duration silence) {
    return endLost("heartbeat < now() - make_interval(secs => :which)", silence.toSeconds());
  }

  private int endLost(String condition, Object which) {
    return jdbc.sql(
            """
            update training.job
            set state = case when cancel_requested then 'CANCELLED' else 'FAILED' end,
              reason = case when cancel_requested then null else :reason end,
              seconds_left = null, ended_at = now()
            where state = 'RUNNING' and\s"""
                + condition)
        .param("reason", GONE)
        .param("which", which)
        .update();
  }

  private JdbcClient.StatementSpec withProgress(String set, Claim claim, Progress progress) {
    return of(
            claim,
            "update training.job "
                + set
                + """
                  epoch = coalesce(:epoch, epoch), epochs = coalesce(:epochs, epochs),
                  step = coalesce(:step, step), steps = coalesce(:steps, steps),
                  loss = coalesce(:loss, loss),
                  images_per_second = coalesce(:imagesPerSecond, images_per_second),
                  data_wait = coalesce(:dataWait, data_wait), skipped = coalesce(:skipped, skipped)
                """
                + OF_THIS_WORKER
                + " returning cancel_requested")
        .param("epoch", progress.epoch())
        .param("epochs", progress.epochs())
        .param("step", progress.step())
        .param("steps", progress.steps())
        .param("loss", progress.loss())
        .param("imagesPerSecond", progress.imagesPerSecond())
        .param("dataWait", progress.dataWait())
        .param("skipped", progress.skipped());
  }

  private JdbcClient.StatementSpec of(Claim claim, String sql) {
    return jdbc.sql(sql)
        .param("id", claim.job())
        .param("worker", claim.worker())
        .param("attempt", claim.attempt());
  }
}
