package io.lodisc.model.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.checkpoint.SafeTensors;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference's weights under every library's names give the reference's output. */
class EncoderImportTest {

  private static final ImportOptions TWO_HEADS = new ImportOptions(2, null);
  private static final Architecture TINY = new Architecture(32, 8, 24, 2, 2, 4, Positions.LEARNED);

  @TempDir private Path folder;
  private Map<String, Tensor> timm;

  @BeforeEach
  void read() throws IOException {
    timm = Reference.weights();
  }

  @Test
  void readsTimmsNames() throws IOException {
    timm.put("head.weight", new Tensor(new float[24], 1, 24));

    ImportedEncoder encoder = isTheReference("timm", timm);

    assertThat(encoder.unused()).containsExactly("head.weight");
    assertThat(encoder.notes()).isEmpty();
  }

  @Test
  void readsTorchvisionsNames() throws IOException {
    Map<String, Tensor> theirs = Renamed.torchvision(timm);
    theirs.put("heads.head.weight", new Tensor(new float[24], 1, 24));

    assertThat(isTheReference("torchvision", theirs).unused()).containsExactly("heads.head.weight");
  }

  @Test
  void readsTorchvisionsOlderNames() throws IOException {
    Map<String, Tensor> theirs = Renamed.olderTorchvision(timm);
    assertThat(theirs).containsKey("encoder.layers.encoder_layer_1.mlp.linear_2.bias");

    isTheReference("torchvision", theirs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "vit."})
  void readsHuggingFacesNamesAndTellsItsEpsilon(String prefix) throws IOException {
    Map<String, Tensor> theirs = Renamed.wrapped(prefix, Renamed.huggingFace(timm));
    assertThat(theirs)
        .containsKeys(
            prefix + "encoder.layer.0.attention.attention.key.bias",
            prefix + "encoder.layer.1.attention.output.dense.weight");
    theirs.put("classifier.bias", new Tensor(new float[3], 3));
    theirs.put(prefix + "pooler.dense.bias", new Tensor(new float[24], 24));

    ImportedEncoder encoder = isTheReference("huggingface", theirs);

    assertThat(encoder.unused()).containsExactly("classifier.bias", prefix + "pooler.dense.bias");
    assertThat(encoder.notes()).anyMatch(note -> note.contains("epsilon of 1e-12"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module.",
        "backbone.",
        "model.",
        "base_encoder.",
        "module.base_encoder.",
        "model.backbone."
      })
  void takesAWrappersPrefixOff(String prefix) throws IOException {
    Map<String, Tensor> theirs = Renamed.wrapped(prefix, timm);
    theirs.putAll(Renamed.wrapped("module.momentum_encoder.", timm));

    ImportedEncoder encoder = isTheReference("timm", theirs);

    assertThat(encoder.unused()).hasSize(timm.size()).contains("module.momentum_encoder.cls_token");
    assertThat(encoder.notes()).anyMatch(note -> note.contains("'" + prefix + "'"));
  }

  @Test
  void readsAFileThatTorchvisionWrote() throws IOException {
    Path resources = Path.of("src/test/resources/exchange");

    ImportedEncoder encoder =
        EncoderImport.read(
            resources.resolve("torchvision.safetensors"), new ImportOptions(3, null));

    assertThat(encoder.recognised()).isEqualTo("torchvision");
    assertThat(encoder.architecture())
        .isEqualTo(new Architecture(24, 8, 24, 2, 3, 40.0 / 24, Positions.LEARNED));
    assertThat(encoder.unused()).containsExactly("heads.head.weight", "heads.head.bias");
    assertThat(
            Reference.error(
                encoder, SafeTensors.read(resources.resolve("torchvision.expected.safetensors"))))
        .isLessThan(1e-5);
  }

  @Test
  void fitsThePositionsToAnotherPictureSize() throws IOException {
    Path file = folder.resolve("x.safetensors");
    SafeTensors.write(file, timm);

    ImportedEncoder encoder = EncoderImport.read(file, new ImportOptions(2, 48));

    assertThat(encoder.architecture()).isEqualTo(TINY.withImageSize(48));
    assertThat(encoder.tensors().get("pos_embed").shape()).containsExactly(1, 37, 24);
    assertThat(encoder.notes()).anyMatch(note -> note.contains("from pictures of 32 pixels to 48"));
  }

  private ImportedEncoder isTheReference(String naming, Map<String, Tensor> theirs)
      throws IOException {
    Path file = folder.resolve("theirs.safetensors");
    SafeTensors.write(file, theirs);

    ImportedEncoder encoder = EncoderImport.read(file, TWO_HEADS);

    assertThat(encoder.recognised()).isEqualTo(naming);
    assertThat(encoder.architecture()).isEqualTo(TINY);
    assertThat(encoder.tensors()).containsOnlyKeys(Reference.weights().keySet());
    assertThat(Reference.error(encoder, Reference.expected())).isLessThan(1e-5);
    return encoder;
  }
}
