package io.lodisc.training.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

  @TempDir Path folder;

  @Test
  void givesWholeLinesAsTheyAreWrittenAndTheLastOneAtTheEnd() throws IOException {
    LogFile log = new LogFile(folder.resolve("log.txt"), 7, 0);
    assertThat(log.next(false)).isEmpty();

    append("one\ntwo\nthr");
    assertThat(passed(log, false)).isEqualTo("one\ntwo\n");
    assertThat(log.next(false)).isEmpty();

    append("ee\nfour");
    assertThat(passed(log, true)).isEqualTo("three\n");
    assertThat(passed(log, true)).isEqualTo("four");
    assertThat(log.next(true)).isEmpty();
  }

  @Test
  void isTheSameUntilItIsPassed() throws IOException {
    append("one\n");
    LogFile log = new LogFile(folder.resolve("log.txt"), 7, 0);

    assertThat(log.next(false).orElseThrow().bytes()).isEqualTo(log.next(false).get().bytes());
  }

  @Test
  void beginsWhereItIsTold() throws IOException {
    append("one\ntwo\n");

    LogPiece piece = new LogFile(folder.resolve("log.txt"), 7, 4).next(false).orElseThrow();

    assertThat(piece.from()).isEqualTo(4);
    assertThat(piece.to()).isEqualTo(8);
    assertThat(piece.attempt()).isEqualTo(7);
  }

  @Test
  void cutsALongLineBetweenCharacters() throws IOException {
    for (String character : new String[] {"a", "ü", "猫", "🐈"}) {
      for (String before : new String[] {"", "x", "xx", "xxx"}) {
        Files.deleteIfExists(folder.resolve("log.txt"));
        String line = before + character.repeat(100_000);
        append(line);
        LogFile log = new LogFile(folder.resolve("log.txt"), 7, 0);
        StringBuilder read = new StringBuilder();
        while (log.next(true).isPresent()) {
          read.append(passed(log, true));
        }
        assertThat(read).hasToString(line);
      }
    }
  }

  @Test
  void keepsBytesThatAreNoText() throws IOException {
    byte[] noise = new byte[100_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (0x80 | i % 0x80);
    }
    Files.write(folder.resolve("log.txt"), noise);
    LogFile log = new LogFile(folder.resolve("log.txt"), 7, 0);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (Optional<LogPiece> piece = log.next(true); piece.isPresent(); piece = log.next(true)) {
      read.write(piece.get().bytes());
      log.passed(piece.get());
    }

    assertThat(read.toByteArray()).isEqualTo(noise);
  }

  private static String passed(LogFile log, boolean ended) throws IOException {
    LogPiece piece = log.next(ended).orElseThrow();
    log.passed(piece);
    return new String(piece.bytes(), StandardCharsets.UTF_8);
  }

  private void append(String text) throws IOException {
    Files.writeString(
        folder.resolve("log.txt"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
