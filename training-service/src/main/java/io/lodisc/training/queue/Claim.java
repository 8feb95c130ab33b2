package io.lodisc.training.queue;

/**
 * A job that a worker has taken.
 *
 * @param fence rises with each claim: what is written with an older one is refused
 * @param traceparent of the request that submitted it, as W3C writes it; null if it had none
 */
public record Claim(String job, String type, String worker, long fence, String traceparent) {

  /** The name of this attempt's folders: no two attempts write to the same. */
  public String attempt() {
    return "attempt-%04d".formatted(fence);
  }
}
