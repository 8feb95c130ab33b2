package io.lodisc.training.worker;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.TrainingProperties;
import io.lodisc.training.TrainingProperties.Role;
import io.lodisc.training.housekeeping.Headroom;
import io.lodisc.training.housekeeping.Retention;
import io.lodisc.training.job.JobOrders;
import io.lodisc.training.monitoring.JobTraces;
import io.lodisc.training.monitoring.TrainingMeters;
import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.queue.QueueException;
import io.lodisc.training.queue.WakeUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The workers of this process, and its watch over the leases of all. Started last and stopped
 * first, so that the database outlives them.
 */
@Component
class JobWorkers implements SmartLifecycle {

  private static final Duration WATCH = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(JobWorkers.class);

  private final JobWorker.Tools tools;
  private final TrainingFolders folders;
  private final TrainingProperties properties;
  private final ApplicationContext application;
  private final List<JobWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private Stop stop;
  private WorkerIdentity identity; // of none but who works, so that it finds its own jobs again

  JobWorkers(
      JobQueue queue,
      JobOrders orders,
      WakeUp wakeUp,
      Headroom disk,
      Retention retention,
      TrainingMeters meters,
      JobTraces traces,
      TrainingFolders folders,
      TrainingProperties properties,
      ApplicationContext application) {
    this.tools =
        new JobWorker.Tools(
            queue, orders, wakeUp, disk, retention, meters, traces, properties.queue().heartbeat());
    this.folders = folders;
    this.properties = properties;
    this.application = application;
  }

  @Override
  public synchronized void start() {
    stop = new Stop();
    if (properties.roles().contains(Role.WORKER)) {
      startWorkers();
    }
    threads.add(started("lease-watch", this::watch));
  }

  private void startWorkers() {
    identity = WorkerIdentity.of(folders.home());
    if (identity.kept()) {
      tools.meters().lost(tools.queue().reclaim(identity.name()));
    }
    if (properties.workers() > 0 && properties.worker().selfTest()) {
      testEngine();
    }
    for (int i = 1; i <= properties.workers(); i++) {
      JobWorker worker =
          new JobWorker(
              tools,
              Capabilities.of(identity.name(), tools.orders().types(), properties.worker()),
              stop);
      workers.add(worker);
      threads.add(started("worker-" + i, worker));
    }
  }

  @Override
  public synchronized void stop() {
    stop.request();
    workers.forEach(JobWorker::shutDown);
    tools.wakeUp().call();
    try {
      for (Thread thread : threads) {
        thread.join(properties.pauseGrace().plus(properties.cancelGrace()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.clear();
    workers.clear();
    if (identity != null) {
      identity.close();
      identity = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return !threads.isEmpty();
  }

  private void testEngine() {
    try {
      EngineGate.pass(folders.home());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the engine was tested", e);
    } catch (RuntimeException e) {
      identity.close();
      throw e;
    }
  }

  private void watch() {
    try {
      do {
        try {
          int lost = tools.queue().reap();
          if (lost > 0) {
            tools.meters().lost(lost);
            tools.wakeUp().call();
          }
        } catch (QueueException e) {
          log.warn("Jobs of lost workers cannot be looked for; trying again", e);
        }
        if (isIdleTooLong()) {
          log.info("No job for {}: ending", properties.worker().exitAfterIdle());
          // not here: the end waits for this thread
          Thread.ofPlatform().start(() -> System.exit(SpringApplication.exit(application)));
          return;
        }
      } while (!stop.within(WATCH));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isIdleTooLong() {
    Duration limit = properties.worker().exitAfterIdle();
    return limit != null
        && !workers.isEmpty()
        && workers.stream().allMatch(worker -> worker.idle().compareTo(limit) > 0);
  }

  private static Thread started(String name, Runnable task) {
    return Thread.ofPlatform().daemon().name(name).start(task);
  }
}
