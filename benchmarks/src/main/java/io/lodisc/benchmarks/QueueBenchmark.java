package io.lodisc.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.queue.Outcome;
import io.lodisc.training.queue.QueuePolicy;
import io.lodisc.training.queue.Worker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Claims and ends every waiting job: {@code WORKERS JOBS}. */
public final class QueueBenchmark {

  private QueueBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int workers = Integer.parseInt(arguments[0]);
    int jobs = Integer.parseInt(arguments[1]);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        HikariDataSource database = new HikariDataSource()) {
      database.setDataSource(postgres.getPostgresDatabase());
      database.setMaximumPoolSize(workers);
      migrate(database);
      fill(database, jobs / 10);
      drain(database, workers); // warms up
      fill(database, jobs);
      long start = System.nanoTime();
      int claimed = drain(database, workers);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "queue: %d workers claimed and ended %d jobs, claims/s %.0f%n",
          workers,
          claimed,
          claimed / seconds);
    }
  }

  private static void migrate(DataSource database) {
    Flyway.configure()
        .dataSource(database)
        .schemas("training")
        .locations("classpath:db/training")
        .load()
        .migrate();
  }

  private static void fill(DataSource database, int jobs) throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from training.job");
      statement.execute(
          "insert into training.job (id, dataset, settings, state, epochs, steps, created_at)"
              + " select 'job-' || n, 'none', '{}', 'QUEUED', 1, 1, now()"
              + " from generate_series(1, "
              + jobs
              + ") n");
      statement.execute("analyze training.job");
    }
  }

  private static int drain(DataSource database, int workers) throws Exception {
    JobQueue queue = new JobQueue(database, QueuePolicy.DEFAULT);
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        Worker worker = new Worker("worker-" + i, List.of("pretrain"), false, 1, List.of());
        all.add(threads.submit(() -> drain(queue, worker)));
      }
      int sum = 0;
      for (Future<Integer> one : all) {
        sum += one.get();
      }
      return sum;
    }
  }

  private static int drain(JobQueue queue, Worker worker) {
    int count = 0;
    for (Optional<Claim> claim = queue.claim(worker);
        claim.isPresent();
        claim = queue.claim(worker)) {
      queue.end(claim.get(), Outcome.SUCCEEDED);
      count++;
    }
    return count;
  }
}
