package io.lodisc.training.worker;

import io.lodisc.training.TrainingApplication;
import io.lodisc.training.job.Attempt;
import io.lodisc.training.job.JobOrder;
import io.lodisc.training.job.JobType;
import io.lodisc.training.queue.Outcome;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** The training service with one more type of job, {@code record}: it records that it was run. */
public final class RecordingWorker {

  private RecordingWorker() {}

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(TrainingApplication.class, Recording.class).run(arguments);
  }

  /** No configuration by annotation, or the service's own scan would find it in other tests. */
  static class Recording {

    @Bean
    JobType recordType(JdbcClient jdbc) {
      return new RecordType(jdbc);
    }
  }

  private record RecordType(JdbcClient jdbc) implements JobType {

    @Override
    public String name() {
      return "record";
    }

    @Override
    public Plan plan(Dataset dataset, ObjectNode request) {
      return new Plan(null, null, "{}", 1, 1);
    }

    @Override
    public Outcome run(JobOrder order, Attempt attempt) {
      jdbc.sql("insert into public.recorded (job, process) values (:job, :process)")
          .param("job", order.id())
          .param("process", ProcessHandle.current().pid())
          .update();
      return Outcome.SUCCEEDED;
    }
  }
}
