package io.lodisc.inference.model;

import io.lodisc.inference.config.InferenceProperties;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/** The loaded encoders, one a checkpoint; the least recently used give way to new ones. */
@Component
class Encoders {

  private final CheckpointCache cache;
  private final int capacity;
  private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

  Encoders(CheckpointCache cache, InferenceProperties properties, EngineStart started) {
    this.cache = cache;
    this.capacity = properties.modelsInMemory();
  }

  /** The encoder of a checkpoint; loads it where nobody does so already. */
  EncoderLease lease(String checkpoint) {
    Slot slot = use(checkpoint);
    try {
      return new EncoderLease(checkpoint, slot.encoder.join(), () -> release(slot));
    } catch (CompletionException e) {
      forget(checkpoint, slot);
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /** Unloads a checkpoint once its last request is done. */
  synchronized void retire(String checkpoint) {
    Slot slot = slots.remove(checkpoint);
    if (slot != null) {
      slot.retire();
    }
  }

  @PreDestroy
  synchronized void close() {
    new ArrayList<>(slots.keySet()).forEach(this::retire);
  }

  private synchronized Slot use(String checkpoint) {
    Slot slot = slots.computeIfAbsent(checkpoint, this::loading);
    slot.use();
    while (slots.size() > capacity) {
      retire(slots.keySet().iterator().next());
    }
    return slot;
  }

  private Slot loading(String checkpoint) {
    // The engine's gradient mode belongs to the thread, and a virtual one may change threads.
    return new Slot(
        CompletableFuture.supplyAsync(
            () -> cache.load(checkpoint),
            task -> Thread.ofPlatform().daemon().name("load-" + checkpoint).start(task)));
  }

  private synchronized void release(Slot slot) {
    slot.release();
  }

  private synchronized void forget(String checkpoint, Slot slot) {
    slots.remove(checkpoint, slot);
    slot.release();
  }
}
