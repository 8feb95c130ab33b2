package io.lodisc.inference.model;

import io.lodisc.inference.config.InferenceProperties;
import io.lodisc.web.Problem;
import jakarta.annotation.PreDestroy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;

/**
 * The models by their aliases. An alias that was asked for once is followed from then on: when it
 * moves, its new checkpoint is loaded while the old one still serves.
 */
@Component
public class Models {

  private static final Logger log = LoggerFactory.getLogger(Models.class);

  /** Rounds in which a move that failed is not tried again. */
  private static final int PAUSE = 15;

  private final TrainingService training;
  private final Encoders encoders;
  private final ModelMeters meters;
  private final Map<String, String> serving = new ConcurrentHashMap<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> pauses = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("follow-aliases").factory());

  Models(
      TrainingService training,
      Encoders encoders,
      ModelMeters meters,
      InferenceProperties properties) {
    this.training = training;
    this.encoders = encoders;
    this.meters = meters;
    long every = properties.followEvery().toMillis();
    clock.scheduleWithFixedDelay(this::follow, every, every, TimeUnit.MILLISECONDS);
  }

  /**
   * The encoder that the alias means.
   *
   * @throws org.springframework.web.client.RestClientException if the training-service does not
   *     know the alias, or is silent and the alias was never used before
   * @throws io.lodisc.model.checkpoint.CheckpointException if its checkpoint is damaged
   */
  public EncoderLease lease(String alias) {
    String checkpoint = serving.get(alias);
    if (checkpoint != null) {
      return encoders.lease(checkpoint);
    }
    EncoderLease first = encoders.lease(training.checkpointOf(alias));
    serving.putIfAbsent(alias, first.checkpoint());
    meters.serving(serving);
    return first;
  }

  private void follow() {
    serving.forEach(
        (alias, checkpoint) -> {
          try {
            follow(alias, checkpoint);
            failing.remove(alias);
          } catch (RuntimeException e) {
            if (failing.add(alias)) {
              log.warn("Cannot follow alias {}, still serving {}", alias, checkpoint, e);
            }
          }
        });
  }

  private void follow(String alias, String old) {
    if (pauses.computeIfPresent(alias, (a, rounds) -> rounds > 1 ? rounds - 1 : null) != null) {
      return;
    }
    String now = current(alias);
    if (old.equals(now)) {
      meters.checked(alias);
      return;
    }
    if (now == null) {
      serving.remove(alias);
    } else {
      load(alias, now);
      serving.put(alias, now);
      log.info("Alias {} serves {} after {}", alias, now, old);
    }
    meters.serving(serving);
    meters.checked(alias);
    if (!serving.containsValue(old)) {
      encoders.retire(old);
    }
  }

  /** Null where the training-service itself, not something in between, knows no such alias. */
  private String current(String alias) {
    try {
      return training.checkpointOf(alias);
    } catch (HttpClientErrorException.NotFound e) {
      if (e.getResponseBodyAsString().contains(Problem.NOT_FOUND.type().toString())) {
        return null;
      }
      throw e;
    }
  }

  private void load(String alias, String checkpoint) {
    try {
      encoders.lease(checkpoint).close();
    } catch (RuntimeException e) {
      pauses.put(alias, PAUSE);
      throw e;
    }
  }

  @PreDestroy
  void close() {
    clock.shutdownNow();
  }
}
