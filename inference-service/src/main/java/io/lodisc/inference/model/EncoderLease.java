package io.lodisc.inference.model;

import io.lodisc.model.encoder.QueryEncoder;

/** An encoder that stays loaded until this is closed. */
public final class EncoderLease implements AutoCloseable {

  private final String checkpoint;
  private final QueryEncoder encoder;
  private Runnable release;

  EncoderLease(String checkpoint, QueryEncoder encoder, Runnable release) {
    this.checkpoint = checkpoint;
    this.encoder = encoder;
    this.release = release;
  }

  /** The checkpoint's id. */
  public String checkpoint() {
    return checkpoint;
  }

  public QueryEncoder encoder() {
    return encoder;
  }

  @Override
  public synchronized void close() {
    if (release != null) {
      release.run();
      release = null;
    }
  }
}
