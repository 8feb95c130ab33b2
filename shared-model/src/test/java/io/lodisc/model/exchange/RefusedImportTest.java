package io.lodisc.model.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lodisc.model.checkpoint.SafeTensors;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.exchange.ImportException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedImportTest {

  private static final ImportOptions TWO_HEADS = new ImportOptions(2, null);

  @TempDir private Path folder;
  private Map<String, Tensor> timm;

  @BeforeEach
  void read() throws IOException {
    timm = Reference.weights();
  }

  @Test
  void anyOneMissingTensorIsNamed() throws IOException {
    for (String name : timm.keySet()) {
      Map<String, Tensor> less = new LinkedHashMap<>(timm);
      less.remove(name);

      ImportException refused = refused(Reason.MISSING_TENSORS, less, TWO_HEADS);

      assertThat(refused.tensors()).containsExactly(name);
      assertThat(refused).hasMessageContainingAll("timm", name);
    }
  }

  @Test
  void aMissingTensorIsNamedInTheFilesOwnWords() throws IOException {
    Map<String, Tensor> less = Renamed.wrapped("vit.", Renamed.huggingFace(timm));
    String name = "vit.encoder.layer.1.attention.attention.value.bias";
    less.remove(name);
    assertThat(refused(Reason.MISSING_TENSORS, less, TWO_HEADS).tensors()).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class_token",
        "conv_proj.bias",
        "encoder.pos_embedding",
        "encoder.layers.encoder_layer_0.self_attention.in_proj_weight",
        "encoder.layers.encoder_layer_1.self_attention.in_proj_bias",
        "encoder.layers.encoder_layer_1.mlp.3.weight",
        "encoder.ln.weight"
      })
  void aTensorThatTorchvisionsFileLacksIsNamed(String name) throws IOException {
    Map<String, Tensor> less =
        new LinkedHashMap<>(
            SafeTensors.read(Path.of("src/test/resources/exchange/torchvision.safetensors")));
    assertThat(less.remove(name)).isNotNull();

    ImportException refused = refused(Reason.MISSING_TENSORS, less, new ImportOptions(3, null));

    assertThat(refused.tensors()).containsExactly(name);
    assertThat(refused)
        .hasMessage(
            "The names are those of torchvision, but the file lacks 1 of them: " + name + ".");
  }

  @Test
  void otherNamesAreTold() throws IOException {
    Map<String, Tensor> other = new LinkedHashMap<>();
    for (String name : new String[] {"conv1.weight", "bn1.weight", "layer1.0.conv1.weight"}) {
      other.put(name, new Tensor(new float[1], 1));
    }
    assertThat(refused(Reason.UNKNOWN_NAMING, other, TWO_HEADS))
        .hasMessageContainingAll("timm, torchvision, huggingface", "conv1.weight, bn1.weight");
    assertThat(refused(Reason.UNKNOWN_NAMING, Map.of(), TWO_HEADS)).hasMessageContaining("none");
  }

  @Test
  void whatIsNoSafetensorsFileIsRefused() throws IOException {
    Path file = folder.resolve("garbage.safetensors");
    Files.write(file, "PK\3\4 is how a .pth begins".getBytes());

    ImportException refused =
        catchThrowableOfType(
            ImportException.class, () -> EncoderImport.read(file, ImportOptions.NONE));

    assertThat(refused.reason()).isEqualTo(Reason.NOT_SAFETENSORS);
    assertThat(refused).hasMessageContaining("garbage.safetensors");
  }

  @Test
  void aWrongShapeIsNamedWithTheRightOne() throws IOException {
    change("blocks.1.mlp.fc2.weight", new Tensor(new float[24 * 95], 24, 95));
    unsupported("blocks.1.mlp.fc2.weight", "[24, 95]", "[24, 96]");
    change("norm.bias", new Tensor(new float[25], 25));
    unsupported("norm.bias", "[25]", "[24]");
    change("pos_embed", new Tensor(new float[18 * 24], 1, 18, 24));
    unsupported("positions' table", "[1, 18, 24]");
    change("pos_embed", new Tensor(new float[17 * 23], 1, 17, 23));
    unsupported("pos_embed", "[1, 17, 23]", "[1, 17, 24]");
    change("patch_embed.proj.weight", new Tensor(new float[24 * 64], 24, 1, 8, 8));
    unsupported("patch projection", "[24, 1, 8, 8]");
    change("blocks.0.mlp.fc1.weight", new Tensor(new float[5], 5));
    unsupported("MLP", "[5]");
    timm = Renamed.huggingFace(Reference.weights());
    String key = "encoder.layer.0.attention.attention.key.bias";
    timm.put(key, new Tensor(new float[12], 12));
    unsupported(key, "[72]");
  }

  @Test
  void furtherPartsOfABlockAreRefusedForTheyChangeTheOutput() throws IOException {
    timm.put("blocks.0.ls1.gamma", new Tensor(new float[24], 24));
    unsupported("blocks.0.ls1.gamma");
  }

  @Test
  void aValueThatIsNoNumberIsRefused() throws IOException {
    timm.get("blocks.1.attn.proj.weight").values()[7] = Float.NaN;
    unsupported("blocks.1.attn.proj.weight", "NaN");
  }

  @Test
  void headsThatNothingTellsAreAskedForAndMustDivideTheWidth() throws IOException {
    assertThat(refused(Reason.UNSUPPORTED_ENCODER, timm, ImportOptions.NONE))
        .hasMessageContainingAll("heads", "24 wide");
    assertThat(refused(Reason.UNSUPPORTED_ENCODER, timm, new ImportOptions(5, null)))
        .hasMessageContaining("heads must divide width");
    assertThat(refused(Reason.UNSUPPORTED_ENCODER, timm, new ImportOptions(2, 33)))
        .hasMessageContainingAll("imageSize 33", "8 pixels");
  }

  private void change(String name, Tensor tensor) throws IOException {
    timm = Reference.weights();
    timm.put(name, tensor);
  }

  private void unsupported(String... words) throws IOException {
    assertThat(refused(Reason.UNSUPPORTED_ENCODER, timm, TWO_HEADS)).hasMessageContainingAll(words);
  }

  private ImportException refused(Reason reason, Map<String, Tensor> tensors, ImportOptions options)
      throws IOException {
    Path file = folder.resolve("theirs.safetensors");
    Files.deleteIfExists(file);
    SafeTensors.write(file, tensors);
    ImportException refused =
        catchThrowableOfType(ImportException.class, () -> EncoderImport.read(file, options));
    assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
    return refused;
  }
}
