package io.lodisc.model.exchange;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.checkpoint.SafeTensors;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.vit.VisionTransformer;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The encoder of a PyTorch reference, and what comes out of an imported one. */
final class Reference {

  private static final Path FOLDER = Path.of("src/test/resources/reference/lodisc-tiny-learned");
  private static final String BACKBONE = "after.query.backbone.";

  private Reference() {}

  /** The weights after the last step, under timm's names. */
  static Map<String, Tensor> weights() throws IOException {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    SafeTensors.read(FOLDER.resolve("step2.safetensors"))
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(BACKBONE)) {
                weights.put(name.substring(BACKBONE.length()), tensor);
              }
            });
    return weights;
  }

  /** {@code x} and, computed by PyTorch from these weights, {@code cls}. */
  static Map<String, Tensor> expected() throws IOException {
    return SafeTensors.read(FOLDER.resolve("embed.safetensors"));
  }

  /** ||class tokens - expected|| / ||expected||. */
  static double error(ImportedEncoder encoder, Map<String, Tensor> expected) {
    Torch.start();
    try (NDManager manager = Torch.manager()) {
      Weights weights = new Weights(manager);
      TensorWeights.put(weights, encoder.tensors());
      VisionTransformer transformer =
          new VisionTransformer(encoder.architecture(), weights, Kernel.FUSED);
      Tensor x = expected.get("x");
      NDArray input = manager.create(x.values(), new Shape(x.shape()));
      float[] actual =
          Torch.withoutGradients(
              () -> transformer.forward(input, Attention.NONE).classToken().toFloatArray());
      return error(actual, expected.get("cls").values());
    }
  }

  private static double error(float[] actual, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
