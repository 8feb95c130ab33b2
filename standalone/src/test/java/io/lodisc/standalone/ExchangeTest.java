package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.SafeTensors;
import io.lodisc.model.checkpoint.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeTest {

  private static final Path STARTER = Home.PROJECT.resolve("starter/checkpoint");
  private static final Path TORCHVISION =
      Home.PROJECT.resolve("shared-model/src/test/resources/exchange/torchvision.safetensors");

  @TempDir private Path folder;

  record Ran(int code, String out, String err) {}

  @Test
  void theStarterGoesOutAndComesBackTheSame() throws IOException {
    Path file = folder.resolve("starter.safetensors");
    Path back = folder.resolve("back");

    assertThat(run("export", STARTER, "--to", file).code()).isZero();
    Ran imported = run("import", file, "--to", back, "--mean", "1,1,1", "--std", "0.35,0.35,0.35");

    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(imported.out())
        .contains("recognised: timm", "heads 10, learned", "missing: none", "unused: none");
    Manifest before = Checkpoints.verify(STARTER);
    Manifest after = Checkpoints.verify(back);
    assertThat(after.architecture()).isEqualTo(before.architecture());
    assertThat(after.preprocessing()).isEqualTo(before.preprocessing());
    Map<String, Tensor> same = Checkpoints.read(back, Checkpoints.ENCODER);
    Checkpoints.read(STARTER, Checkpoints.ENCODER)
        .forEach((name, t) -> assertThat(same.get(name).values()).isEqualTo(t.values()));
    Path again = folder.resolve("again.safetensors");
    assertThat(run("export", back, "--to", again).code()).isZero();
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void anImportTellsWhatItFound() {
    Ran imported =
        run("import", TORCHVISION, "--to", folder.resolve("tv"), "--heads", 3, "--image-size", 48);

    assertThat(imported.out())
        .contains(
            "recognised: torchvision",
            "48 pixels, patch 8, width 24, depth 2, heads 3, learned positions",
            "unused: heads.head.weight, heads.head.bias",
            "note: The positions were fitted from pictures of 24 pixels to 48.");
  }

  @Test
  void whatCannotBeDoneIsToldInOneLineAndLeavesNothing() throws IOException {
    Path to = folder.resolve("to");
    Path garbage = Files.writeString(Files.createTempFile(folder, "x", ".pth"), "garbage, no file");

    refused("no file", "import", folder.resolve("missing"), "--to", to);
    refused("oversized header", "import", garbage, "--to", to);
    refused("Give 'heads'", "import", TORCHVISION, "--to", to);
    refused("std", "import", TORCHVISION, "--to", to, "--heads", 3, "--std", "1,1");
    refused("exists already", "import", TORCHVISION, "--to", folder);
    refused("exists already", "export", STARTER, "--to", garbage);
    refused("manifest.json is missing", "export", folder, "--to", to);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(garbage);
    }
  }

  @Test
  void weightsThatLackATensorOrHaveOtherNamesAreRefusedByName() throws IOException {
    Path to = folder.resolve("to");
    Map<String, Tensor> tensors = new LinkedHashMap<>(SafeTensors.read(TORCHVISION));
    String lacking = "encoder.layers.encoder_layer_0.self_attention.in_proj_weight";
    assertThat(tensors.remove(lacking)).isNotNull();
    Path less = folder.resolve("less.safetensors");
    SafeTensors.write(less, tensors);
    Path other = folder.resolve("other.safetensors");
    SafeTensors.write(other, Map.of("layer1.0.conv1.weight", new Tensor(new float[1], 1)));

    refused(
        "The names are those of torchvision, but the file lacks 1 of them: " + lacking + ".",
        "import",
        less,
        "--to",
        to,
        "--heads",
        3);
    refused(
        "The names are not those of a vision transformer of timm, torchvision, huggingface;"
            + " the first are layer1.0.conv1.weight.",
        "import",
        other,
        "--to",
        to);
    assertThat(to).doesNotExist();
  }

  private static void refused(String why, Object... arguments) {
    Ran ran = run(arguments);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).startsWith("lodisc: ").contains(why).hasLineCount(1);
  }

  private static Ran run(Object... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int code = Lodisc.run(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
      return new Ran(
          code,
          printed.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
