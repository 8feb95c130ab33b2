package io.lodisc.training.child;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads a process's standard output: events to their consumer, everything else to the log. */
final class ChildOutput {

  /** Longer lines are no events; they reach the log in pieces, so that none fills the memory. */
  private static final int LONGEST_LINE = 1 << 18;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final Path log;
  private final Consumer<ChildEvent> events;

  ChildOutput(Path log, Consumer<ChildEvent> events) {
    this.log = log;
    this.events = events;
  }

  /** Until the stream's end. */
  void read(InputStream stream) {
    try (InputStream in = new BufferedInputStream(stream);
        OutputStream rest =
            Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (byte[] line = line(in); line.length > 0; line = line(in)) {
        ChildEvent event = event(line);
        if (event == null) {
          rest.write(line);
        } else {
          events.accept(event);
        }
      }
    } catch (IOException e) {
      // The process was killed and its pipe is gone: its exit tells the rest.
    }
  }

  private static ChildEvent event(byte[] line) {
    if (line[0] != '{') {
      return null;
    }
    try {
      return JSON.readValue(line, ChildEvent.class);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() < LONGEST_LINE) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      line.write(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }
}
