package io.lodisc.model.exchange;

import java.util.List;

/** Why a file cannot be imported, in words for the one who sent it. */
public final class ImportException extends RuntimeException {

  /** The kinds of refusal. */
  public enum Reason {
    /** The file is damaged or of another format. */
    NOT_SAFETENSORS,
    /** The tensors' names are none of the known ones. */
    UNKNOWN_NAMING,
    /** The encoder lacks tensors. */
    MISSING_TENSORS,
    /** Shapes, values or further tensors that lodisc's transformer does not compute with. */
    UNSUPPORTED_ENCODER
  }

  private final Reason reason;
  private final List<String> tensors;

  ImportException(Reason reason, String message, List<String> tensors) {
    super(message);
    this.reason = reason;
    this.tensors = List.copyOf(tensors);
  }

  public Reason reason() {
    return reason;
  }

  /** All the tensors that are meant, of which the message shows a few. */
  public List<String> tensors() {
    return tensors;
  }

  static ImportException unsupported(String message, String... tensors) {
    return new ImportException(Reason.UNSUPPORTED_ENCODER, message, List.of(tensors));
  }
}
