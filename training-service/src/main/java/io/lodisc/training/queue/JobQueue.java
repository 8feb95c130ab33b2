package io.lodisc.training.queue;

import io.lodisc.training.child.Progress;
import io.lodisc.training.pretrain.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The jobs' states, on the database's clock. Each change is one statement that names the states it
 * starts from and, if a worker makes it, the claim's fence: of two that want to change a job, one
 * wins, and a worker that lost its lease changes nothing.
 */
public final class JobQueue {

  private static final String HELD = " where id = ? and fence = ? and state = 'RUNNING'";

  /** Parameters: 'now' + backoff of a job that was lost, what its state becomes, why. */
  private static final String FAULT =
      """
      update training.job set failures = failures + 1, seconds_left = null, reason = ?,
        fault = ?, lease_until = null, actor = ?,
        move = case when cancel_requested then 'STOP'
          when failures + 1 >= max_attempts then 'GIVE_UP'
          when pause_requested then 'SUSPEND' else 'RETRY' end,
        state = case when cancel_requested then 'CANCELLED'
          when failures + 1 >= max_attempts then 'FAILED'
          when pause_requested then 'PAUSED' else 'QUEUED' end,
        pause_requested = false,
        ended_at = case when cancel_requested or failures + 1 >= max_attempts then now() end,
        not_before = now() + make_interval(secs => least(? * power(2, failures), ?))
      where state = 'RUNNING' and\s""";

  private final Sql sql;
  private final QueuePolicy policy;

  /**
   * @param database one that takes part in the caller's transaction, if there is one
   */
  public JobQueue(DataSource database, QueuePolicy policy) {
    this.sql = new Sql(database);
    this.policy = policy;
  }

  /** The most urgent, then oldest job that the worker can run, now its own for a lease. */
  public Optional<Claim> claim(Worker worker) {
    String quota =
        policy.runningPerOwner() == 0
            ? ""
            : " and (select count(*) from training.job mine where mine.owner = waiting.owner"
                + " and mine.state = 'RUNNING') < "
                + policy.runningPerOwner();
    String statement =
        """
        update training.job
        set state = 'RUNNING', move = 'CLAIM', actor = 'worker ' || ?, worker = ?,
          fence = fence + 1, lease_until = now() + make_interval(secs => ?),
          started_at = coalesce(started_at, now()), reason = null,
          fault = null
        where seq = (
          select seq from training.job waiting
          where state = 'QUEUED' and not_before <= now() and type = any(?)
            and (not needs_gpu or ?) and needs_memory <= ? and needs_labels <@ ?"""
            + quota
            + " order by priority desc, seq limit 1 for update skip locked)"
            + " returning id, type, fence, traceparent";
    Sql.Row<Claim> read =
        row ->
            new Claim(
                row.getString(1),
                row.getString(2),
                worker.name(),
                row.getLong(3),
                row.getString(4));
    Object[] parameters = {
      worker.name(),
      worker.name(),
      policy.lease().toMillis() / 1e3,
      worker.types(),
      worker.gpu(),
      worker.memoryMebibytes(),
      worker.labels()
    };
    // Two claims at once would count each other's owner's jobs before either runs.
    List<Claim> one =
        policy.runningPerOwner() == 0
            ? sql.query(statement, read, parameters)
            : sql.queryAlone("lodisc claim", statement, read, parameters);
    return one.stream().findFirst();
  }

  /** Renews the lease and says how far the job is; tells what its users ask of it. */
  public Answer renew(Claim claim, Progress p) {
    return sql
        .query(
            """
            update training.job set lease_until = now() + make_interval(secs => ?),
              epoch = coalesce(?, epoch), epochs = coalesce(?, epochs),
              step = coalesce(?, step), steps = coalesce(?, steps), loss = coalesce(?, loss),
              images_per_second = coalesce(?, images_per_second), seconds_left = ?,
              data_wait = coalesce(?, data_wait), skipped = coalesce(?, skipped)
            """
                + HELD
                + " returning cancel_requested, pause_requested",
            row ->
                row.getBoolean(1) ? Answer.CANCEL : row.getBoolean(2) ? Answer.PAUSE : Answer.GO_ON,
            policy.lease().toMillis() / 1e3,
            p.epoch(),
            p.epochs(),
            p.step(),
            p.steps(),
            p.loss(),
            p.imagesPerSecond(),
            p.secondsLeft(),
            p.dataWait(),
            p.skipped(),
            claim.job(),
            claim.fence())
        .stream()
        .findFirst()
        .orElse(Answer.LOST);
  }

  /**
   * Names the job's newest checkpoint; false if the job is no longer this worker's. A job that gets
   * ahead has all its attempts again: those that remain are against faults that come back, not
   * against machines that die now and then through the days of a run.
   */
  public boolean newest(Claim claim, String checkpoint) {
    return held(
        claim,
        """
        update training.job set checkpoint = ?,
          failures = case when checkpoint is distinct from ? then 0 else failures end""",
        checkpoint,
        checkpoint);
  }

  /**
   * Keeps what the evaluations found so far; false if the job is no longer this worker's.
   *
   * @param evaluation start, last and best, as JSON
   */
  public boolean evaluated(Claim claim, String evaluation) {
    return held(claim, "update training.job set evaluation = ?", evaluation);
  }

  /**
   * Adds to what the job's followers are told; false if the job is no longer this worker's.
   *
   * @param data as JSON
   */
  public boolean tell(Claim claim, String type, String data) {
    return sql.update(
            "with held as (update training.job set events = events + 1"
                + HELD
                + " returning id, events) insert into training.job_event (job, seq, type, data)"
                + " select id, events, ?, ? from held",
            claim.job(),
            claim.fence(),
            type,
            data)
        == 1;
  }

  /** Ends the attempt; false if the job is no longer this worker's. */
  public boolean end(Claim claim, Outcome outcome) {
    return switch (outcome.end()) {
      case SUCCEEDED -> end(claim, JobMove.SUCCEED, outcome);
      case FAILED -> end(claim, JobMove.FAIL, outcome);
      case CANCELLED -> end(claim, JobMove.STOP, outcome);
      case PAUSED -> end(claim, JobMove.SUSPEND, outcome);
      case RELEASED -> end(claim, JobMove.RELEASE, outcome);
      case BROKEN ->
          fault(
                  outcome.fault(),
                  outcome.reason(),
                  "worker " + claim.worker(),
                  "id = ? and fence = ?",
                  claim.job(),
                  claim.fence())
              == 1;
      case LOST -> false;
    };
  }

  private boolean end(Claim claim, JobMove move, Outcome outcome) {
    return held(
        claim,
        """
        update training.job set state = ?, move = ?, actor = ?, reason = ?, fault = ?,
          seconds_left = null, lease_until = null, pause_requested = false, ended_at = case when ? then now() end
        """,
        move.to().name(),
        move.name(),
        "worker " + claim.worker(),
        outcome.reason(),
        name(outcome.fault()),
        move.to().ended());
  }

  /**
   * Takes the jobs from workers whose lease ran out. One that hangs in mid-transaction holds its
   * job's lock until the database ends its session: that job waits for the next call, the others do
   * not wait for it.
   */
  public int reap() {
    return fault(
        Fault.WORKER_LOST,
        "Its worker was not heard of for %d seconds.".formatted(policy.lease().toSeconds()),
        "the lease's end",
        """
        seq in (select seq from training.job where state = 'RUNNING' and lease_until < now()
          for update skip locked)""");
  }

  /** Takes the jobs that an earlier process of this worker's name left. */
  public int reclaim(String worker) {
    return fault(
        Fault.WORKER_LOST,
        "Its worker stopped while the job ran.",
        "worker " + worker,
        "worker = ?",
        worker);
  }

  /** Pauses a waiting job at once, asks a running one to stop; false if it is neither. */
  public boolean pause(String id, String user) {
    return ask(id, JobMove.PAUSE, user, "pause_requested = state = 'RUNNING'");
  }

  /** Cancels a job at once, asks a running one to stop; false if it has ended. */
  public boolean cancel(String id, String user) {
    return ask(id, JobMove.CANCEL, user, "cancel_requested = true");
  }

  /** Lets a job wait again, with all its attempts; false if it waits, runs or succeeded. */
  public boolean resume(String id, String user) {
    return sql.update(
            """
            update training.job set state = 'QUEUED', move = 'RESUME', actor = ?, failures = 0,
              cancel_requested = false, pause_requested = false, reason = null, fault = null,
              worker = null,
              not_before = '-infinity', started_at = null, ended_at = null
            where id = ? and state = any(?)
            """,
            user,
            id,
            names(JobMove.RESUME.from().stream()))
        == 1;
  }

  /** A move that a running job makes later, when its worker has stopped it. */
  private boolean ask(String id, JobMove move, String user, String request) {
    List<String> from = names(move.from().stream());
    return sql.update(
            "update training.job set "
                + request
                + """
                , actor = ?,
                  move = case when state = any(?) then ? else move end,
                  ended_at = case when state = any(?) and ? then now() else ended_at end,
                  state = case when state = any(?) then ? else state end
                where id = ? and state = any(?)
                """,
            user,
            from,
            move.name(),
            from,
            move.to().ended(),
            from,
            move.to().name(),
            id,
            names(Stream.concat(move.from().stream(), Stream.of(JobState.RUNNING))))
        == 1;
  }

  private int fault(Fault fault, String reason, String actor, String which, Object... parameters) {
    List<Object> all = new ArrayList<>();
    all.add(reason);
    all.add(name(fault));
    all.add(actor);
    all.add(policy.backoff().toMillis() / 1e3);
    all.add(QueuePolicy.LONGEST.toSeconds());
    all.addAll(Arrays.asList(parameters));
    return sql.update(FAULT + which, all.toArray());
  }

  private boolean held(Claim claim, String update, Object... parameters) {
    List<Object> all = new ArrayList<>(Arrays.asList(parameters));
    all.add(claim.job());
    all.add(claim.fence());
    return sql.update(update + HELD, all.toArray()) == 1;
  }

  private static String name(Fault fault) {
    return fault == null ? null : fault.name();
  }

  private static List<String> names(Stream<JobState> states) {
    return states.map(Enum::name).toList();
  }
}
