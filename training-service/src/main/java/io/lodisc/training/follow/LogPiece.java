package io.lodisc.training.follow;

/**
 * A piece of an attempt's log file.
 *
 * @param attempt its fence
 * @param from offset in the file, in bytes
 */
public record LogPiece(long attempt, long from, byte[] bytes) {

  long to() {
    return from + bytes.length;
  }
}
