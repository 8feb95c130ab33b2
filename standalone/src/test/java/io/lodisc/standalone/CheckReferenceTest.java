package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckReferenceTest {

  @Test
  void printsALineAQuantityAndAVerdict() {
    Path references = Home.PROJECT.resolve("shared-model/src/test/resources/reference");
    PrintStream console = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    int code;
    try {
      code = Lodisc.run("check-reference", references.resolve("lodisc-tiny").toString());
    } finally {
      System.setOut(console);
    }

    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(code).isZero();
    assertThat(lines.getLast()).isEqualTo("reference: ok");
    assertThat(lines.subList(0, lines.size() - 1))
        .hasSizeGreaterThan(100)
        .allMatch(line -> line.matches("\\S+ \\d\\.\\d{3}e[-+]\\d\\d \\d\\.\\d{3}e[-+]\\d\\d ok"));
  }

  @Test
  void aDamagedReferenceIsToldInOneLine(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"steps\":");
    PrintStream console = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(Lodisc.run("check-reference", folder.toString())).isEqualTo(1);
    } finally {
      System.setErr(console);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("lodisc: The reference cannot be read: ")
        .doesNotContain("\tat ");
  }

  @Test
  void aFolderWithoutAReferenceIsAnError() {
    assertThat(Lodisc.run("check-reference", "/nowhere")).isEqualTo(1);
  }
}
