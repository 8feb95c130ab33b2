package io.lodisc.model.engine;

/** The engine is not one that may be used; the message is for whoever runs the program. */
public final class EngineException extends RuntimeException {

  public EngineException(String message) {
    super(message);
  }

  EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
