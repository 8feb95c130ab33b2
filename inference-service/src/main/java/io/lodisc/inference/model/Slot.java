package io.lodisc.inference.model;

import io.lodisc.model.encoder.QueryEncoder;
import java.util.concurrent.CompletableFuture;

/** An encoder, loading or loaded, and how many use it. Guarded by {@link Encoders}. */
final class Slot {

  final CompletableFuture<QueryEncoder> encoder;
  private int users;
  private boolean retired;

  Slot(CompletableFuture<QueryEncoder> encoder) {
    this.encoder = encoder;
  }

  void use() {
    users++;
  }

  void release() {
    users--;
    closeIfDone();
  }

  /** Closes as soon as nobody uses it. */
  void retire() {
    retired = true;
    closeIfDone();
  }

  private void closeIfDone() {
    if (retired && users == 0) {
      encoder.thenAccept(QueryEncoder::close);
    }
  }
}
