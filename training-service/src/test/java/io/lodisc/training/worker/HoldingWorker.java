package io.lodisc.training.worker;

import io.lodisc.training.TrainingApplication;
import io.lodisc.training.job.Attempt;
import io.lodisc.training.job.JobOrder;
import io.lodisc.training.job.JobType;
import io.lodisc.training.queue.Answer;
import io.lodisc.training.queue.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** The training service with a type of job that runs until the test releases it. */
public final class HoldingWorker {

  private HoldingWorker() {}

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(TrainingApplication.class, Holding.class).run(arguments);
  }

  /** No configuration by annotation, or the service's own scan would find it in other tests. */
  static class Holding {

    @Bean
    JobType holdType(JdbcClient jdbc) {
      return new HoldType(jdbc);
    }
  }

  private record HoldType(JdbcClient jdbc) implements JobType {

    @Override
    public String name() {
      return "hold";
    }

    @Override
    public Plan plan(Dataset dataset, ObjectNode request) {
      return new Plan(null, null, "{}", 1, 1);
    }

    @Override
    public Outcome run(JobOrder order, Attempt attempt) throws InterruptedException {
      Instant before = Instant.now();
      while (attempt.asked() == Answer.GO_ON) {
        Thread.sleep(100);
        Instant now = Instant.now();
        if (Duration.between(before, now).abs().toHours() > 1) {
          System.out.println("clock jumped from " + before + " to " + now);
        }
        before = now;
        if (jdbc.sql("select count(*) from public.release").query(Long.class).single() > 0) {
          return Outcome.SUCCEEDED;
        }
      }
      return Outcome.LOST;
    }
  }
}
