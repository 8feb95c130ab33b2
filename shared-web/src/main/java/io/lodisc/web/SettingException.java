package io.lodisc.web;

/** A setting that cannot be worked with, found at start. */
public final class SettingException extends RuntimeException {

  private final String property;

  /**
   * @param property its name, such as {@code lodisc.home}
   * @param reason why it cannot be worked with
   */
  public SettingException(String property, Object value, String reason, Throwable cause) {
    super("%s=%s: %s".formatted(property, value, reason), cause);
    this.property = property;
  }

  String property() {
    return property;
  }
}
