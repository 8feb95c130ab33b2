package io.lodisc.training.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.child.Progress;
import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.support.Slow;
import io.lodisc.training.support.TrainingTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Any sequence of what workers and users do to one job. jqwik makes the sequences; its engine does
 * not run on this JUnit, so that a test runs them.
 */
@TrainingTest
class StateMachinePropertiesTest {

  private enum Action {
    CLAIM,
    RENEW,
    PUBLISH,
    SUCCEED,
    FAIL,
    BREAK,
    RELEASE,
    SUSPEND,
    STOP,
    EXPIRE,
    PAUSE,
    CANCEL,
    RESUME
  }

  /**
   * @param byStale whether a worker acts with the claim before its last
   */
  private record Step(Action action, boolean byStale) {}

  private static final int SEQUENCES = Slow.of(150, 2_000);
  private static final Worker WORKER = new Worker("w", List.of("pretrain"), false, 1, List.of());

  @Autowired DataSource server;
  private SingleConnectionDataSource database;
  private JdbcClient jdbc;

  @BeforeEach
  void connect() throws SQLException {
    database = new SingleConnectionDataSource(server.getConnection(), true);
    jdbc = JdbcClient.create(database);
  }

  @AfterEach
  void disconnect() {
    database.destroy();
  }

  @Test
  void everySequenceKeepsTheMachinesPromises() {
    JqwikSession.run(
        () -> {
          Arbitrary<List<Step>> sequences =
              Combinators.combine(
                      Arbitraries.of(Action.class), Arbitraries.of(true, false, false, false))
                  .as(Step::new)
                  .list()
                  .ofMinSize(5)
                  .ofMaxSize(40);
          sequences.sampleStream().limit(SEQUENCES).forEach(this::check);
        });
  }

  private void check(List<Step> steps) {
    QueuedJobs jobs = new QueuedJobs(jdbc);
    JobQueue queue =
        new JobQueue(database, new QueuePolicy(Duration.ofMinutes(1), Duration.ZERO, 0));
    jdbc.sql("delete from training.job").update();
    jdbc.sql("delete from training.audit").update();
    String id = jobs.submit("max_attempts", "3");
    List<Claim> claims = new ArrayList<>(List.of(new Claim(id, "pretrain", "w", 0, null)));
    int changes = 1;
    for (Step step : steps) {
      JobState before = jobs.state(id);
      boolean stale = step.byStale() && claims.size() > 1;
      Claim claim = claims.get(claims.size() - (stale ? 2 : 1));
      boolean held = !stale && before == JobState.RUNNING;

      boolean done = act(step.action(), queue, jobs, id, claim, claims);

      JobState after = jobs.state(id);
      String what = steps + " at " + step + ": " + before + " -> " + after;
      if (before != after) {
        changes++;
        assertThat(legal(before, after)).as(what).isTrue();
      }
      if (isOfWorker(step.action())) {
        assertThat(done).as(what).isEqualTo(held);
        if (!held) {
          assertThat(after).as(what).isEqualTo(before);
        }
      }
      assertThat(Integer.parseInt(jobs.text(id, "failures"))).as(what).isLessThanOrEqualTo(3);
      assertThat(Long.parseLong(jobs.text(id, "fence"))).as(what).isEqualTo(claims.size() - 1);
    }
    assertThat(jobs.audit(id).stream().filter(a -> !a.contains("ask-to"))).hasSize(changes);
    assertThat(jobs.text(id, "events")).isEqualTo("" + changes);
  }

  private boolean act(
      Action action, JobQueue queue, QueuedJobs jobs, String id, Claim claim, List<Claim> claims) {
    return switch (action) {
      case CLAIM -> queue.claim(WORKER).map(claims::add).orElse(false);
      case RENEW -> queue.renew(claim, Progress.NONE) != Answer.LOST;
      case PUBLISH -> queue.newest(claim, null);
      case SUCCEED -> queue.end(claim, Outcome.SUCCEEDED);
      case FAIL -> queue.end(claim, Outcome.failed("why", Fault.OTHER));
      case BREAK -> queue.end(claim, Outcome.broken("why", Fault.OTHER));
      case RELEASE -> queue.end(claim, Outcome.RELEASED);
      case SUSPEND -> queue.end(claim, Outcome.PAUSED);
      case STOP -> queue.end(claim, Outcome.CANCELLED);
      case EXPIRE -> {
        jobs.set(id, "lease_until = now() - interval '1 second'");
        yield queue.reap() == 1;
      }
      case PAUSE -> queue.pause(id, "ann");
      case CANCEL -> queue.cancel(id, "ann");
      case RESUME -> queue.resume(id, "ann");
    };
  }

  private static boolean isOfWorker(Action action) {
    return Set.of(
            Action.RENEW,
            Action.PUBLISH,
            Action.SUCCEED,
            Action.FAIL,
            Action.BREAK,
            Action.RELEASE,
            Action.SUSPEND,
            Action.STOP)
        .contains(action);
  }

  private static boolean legal(JobState from, JobState to) {
    for (JobMove move : JobMove.values()) {
      if (move.from().contains(from) && move.to() == to) {
        return true;
      }
    }
    return false;
  }
}
