package io.lodisc.training.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.child.Progress;
import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every move from every state: what the machine has is made, everything else is refused. */
@TrainingTest
class StateMachineTest {

  @Autowired JdbcClient jdbc;
  @Autowired DataSource database;
  private JobQueue queue;
  private QueuedJobs jobs;

  @BeforeEach
  void emptyQueue() {
    jdbc.sql("delete from training.job").update();
    queue = new JobQueue(database, new QueuePolicy(Duration.ofMinutes(1), Duration.ZERO, 0));
    jobs = new QueuedJobs(jdbc);
  }

  @ParameterizedTest
  @EnumSource
  void aMoveIsMadeFromItsOwnStatesOnly(JobMove move) {
    for (JobState from : JobState.values()) {
      jdbc.sql("delete from training.job").update();
      String id = jobs.submit("max_attempts", move == JobMove.GIVE_UP ? "1" : "3");
      jobs.set(id, "state = '%s', fence = 7".formatted(from));

      boolean made = making(move, id).test(new Claim(id, "pretrain", "w", 7, null));

      boolean legal = move.from().contains(from);
      boolean requested =
          from == JobState.RUNNING && (move == JobMove.PAUSE || move == JobMove.CANCEL);
      assertThat(made).as(from + " " + move).isEqualTo(legal || requested);
      assertThat(jobs.state(id)).as(from + " " + move).isEqualTo(legal ? move.to() : from);
      if (legal) {
        assertThat(jobs.text(id, "move")).isEqualTo(move.name());
        assertThat(jobs.audit(id)).last().asString().endsWith("job." + move.name().toLowerCase());
      }
    }
  }

  /** The way a move is made; of a claim that is the job's, if it runs. */
  private Predicate<Claim> making(JobMove move, String id) {
    return switch (move) {
      case CLAIM ->
          claim ->
              queue.claim(new Worker("w", List.of("pretrain"), false, 1, List.of())).isPresent();
      case SUCCEED -> claim -> queue.end(claim, Outcome.SUCCEEDED);
      case FAIL -> claim -> queue.end(claim, Outcome.failed("why", Fault.OTHER));
      case RETRY, GIVE_UP -> claim -> queue.end(claim, Outcome.broken("why", Fault.OTHER));
      case RELEASE -> claim -> queue.end(claim, Outcome.RELEASED);
      case SUSPEND -> claim -> queue.end(claim, Outcome.PAUSED);
      case STOP -> claim -> queue.end(claim, Outcome.CANCELLED);
      case PAUSE -> claim -> queue.pause(id, "ann");
      case CANCEL -> claim -> queue.cancel(id, "ann");
      case RESUME -> claim -> queue.resume(id, "ann");
    };
  }

  @Test
  void theTableInTheDocumentsIsTheMachine() throws IOException {
    String documented = Files.readString(Path.of("../docs/reliability.md"));

    for (JobMove move : JobMove.values()) {
      String from = move.from().stream().sorted().map(Enum::name).collect(Collectors.joining(", "));
      assertThat(documented).contains("| `%s` | %s | %s |".formatted(move, from, move.to()));
    }
  }

  @Test
  void nothingLeavesSuccess() {
    assertThat(Arrays.stream(JobMove.values()).filter(m -> m.from().contains(JobState.SUCCEEDED)))
        .isEmpty();
    String id = jobs.submit(1).getFirst();
    Claim claim =
        queue.claim(new Worker("w", List.of("pretrain"), false, 1, List.of())).orElseThrow();
    queue.end(claim, Outcome.SUCCEEDED);
    assertThat(queue.renew(claim, Progress.NONE)).isEqualTo(Answer.LOST);
    assertThat(jobs.state(id)).isEqualTo(JobState.SUCCEEDED);
  }
}
