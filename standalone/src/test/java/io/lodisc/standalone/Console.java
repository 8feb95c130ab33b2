package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a command in this process. */
final class Console {

  private Console() {}

  /**
   * What the command says on standard error.
   *
   * @param code with which it must end
   */
  static List<String> errors(int code, String... arguments) {
    PrintStream console = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int ended = Lodisc.run(arguments);
      assertThat(ended).as(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(code);
    } finally {
      System.setErr(console);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
