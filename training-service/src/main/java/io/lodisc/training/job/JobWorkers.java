package io.lodisc.training.job;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.TrainingProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The workers of this process and the watch over those of others. Started last and stopped first,
 * so that the database outlives them; a Ctrl-C leaves no process behind.
 */
@Component
class JobWorkers implements SmartLifecycle {

  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Duration WATCH = Duration.ofSeconds(5);
  private static final Duration END = Duration.ofSeconds(20);
  private static final Logger log = LoggerFactory.getLogger(JobWorkers.class);

  private final JobWorker.Tools tools;
  private final TrainingFolders folders;
  private final int count;
  private final List<Thread> threads = new ArrayList<>();
  private WorkerIdentity identity;
  private Thread hook;

  JobWorkers(
      JobQueue queue,
      JobEpochs epochs,
      JobRepository jobs,
      JobLauncher launcher,
      CheckpointPublisher publisher,
      WakeUp wakeUp,
      TrainingFolders folders,
      TrainingProperties properties) {
    this.tools =
        new JobWorker.Tools(
            queue, epochs, jobs, launcher, publisher, wakeUp, properties.cancelGrace());
    this.folders = folders;
    this.count = properties.workers();
  }

  @Override
  public synchronized void start() {
    Stop stop = new Stop();
    List<JobWorker> workers = new ArrayList<>();
    identity = WorkerIdentity.of(folders.home());
    if (identity.kept()) {
      tools.queue().endAbandoned(identity.name());
    }
    for (int i = 1; i <= count; i++) {
      JobWorker worker = new JobWorker(tools, identity.name(), stop);
      workers.add(worker);
      threads.add(started("training-worker-" + i, worker));
    }
    threads.add(started("training-watch", () -> watch(stop)));
    hook = new Thread(() -> halt(stop, workers), "training-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public synchronized void stop() {
    hook.run();
    try {
      for (Thread thread : threads) {
        thread.join(END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook has run or runs.
    }
    threads.clear();
    identity.close();
    identity = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return identity != null;
  }

  private void halt(Stop stop, List<JobWorker> workers) {
    stop.request();
    workers.forEach(JobWorker::kill);
    tools.wakeUp().call();
  }

  private void watch(Stop until) {
    try {
      do {
        try {
          tools.queue().endSilent(SILENCE);
        } catch (DataAccessException e) {
          log.warn("Jobs of lost workers cannot be looked for; trying again", e);
        }
      } while (!until.within(WATCH));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread started(String name, Runnable task) {
    return Thread.ofPlatform().daemon().name(name).start(task);
  }
}
