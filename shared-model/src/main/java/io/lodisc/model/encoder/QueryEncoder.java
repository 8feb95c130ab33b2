package io.lodisc.model.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.engine.Ops;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.image.Picture;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.VisionTransformer;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The query encoder of a checkpoint: a picture's embedding is the L2-normalised class token after
 * the final LayerNorm. Any number of threads may embed at once.
 */
public final class QueryEncoder implements AutoCloseable {

  private static final int BATCH = 64;

  private final NDManager manager;
  private final Manifest manifest;
  private final VisionTransformer backbone;

  private QueryEncoder(NDManager manager, Manifest manifest, VisionTransformer backbone) {
    this.manager = manager;
    this.manifest = manifest;
    this.backbone = backbone;
  }

  /**
   * Loads and verifies a checkpoint.
   *
   * @throws CheckpointException if it is damaged or does not hold what its architecture needs
   */
  public static QueryEncoder load(Path checkpoint) {
    Manifest manifest = Checkpoints.verify(checkpoint);
    NDManager manager = Torch.manager();
    try {
      Weights weights = new Weights(manager);
      TensorWeights.put(weights, Checkpoints.read(checkpoint, Checkpoints.ENCODER));
      VisionTransformer backbone =
          new VisionTransformer(manifest.architecture(), weights, Kernel.FUSED);
      QueryEncoder encoder = new QueryEncoder(manager, manifest, backbone);
      encoder.forward(new float[encoder.pixels()], 1);
      return encoder;
    } catch (RuntimeException e) {
      manager.close();
      if (e instanceof CheckpointException) {
        throw e;
      }
      throw new CheckpointException(
          "encoder.safetensors does not fit the manifest's architecture: " + e.getMessage(), e);
    }
  }

  /** Length of an embedding. */
  public int dimension() {
    return manifest.architecture().width();
  }

  public Manifest manifest() {
    return manifest;
  }

  /** The embeddings in the pictures' order, each {@link #dimension()} long and of length 1. */
  public float[][] embed(List<Picture> pictures) {
    List<float[]> vectors = new ArrayList<>(pictures.size());
    for (int from = 0; from < pictures.size(); from += BATCH) {
      List<Picture> batch = pictures.subList(from, Math.min(pictures.size(), from + BATCH));
      float[] x = new float[Math.multiplyExact(batch.size(), pixels())];
      for (int i = 0; i < batch.size(); i++) {
        float[] one = manifest.preprocessing().apply(batch.get(i));
        System.arraycopy(one, 0, x, i * pixels(), one.length);
      }
      float[] flat = forward(x, batch.size());
      for (int i = 0; i < batch.size(); i++) {
        float[] vector = new float[dimension()];
        System.arraycopy(flat, i * dimension(), vector, 0, dimension());
        vectors.add(vector);
      }
    }
    return vectors.toArray(new float[0][]);
  }

  private float[] forward(float[] x, int batch) {
    int side = manifest.architecture().imageSize();
    return Torch.withoutGradients(
        () -> {
          try (Scope scope = new Scope()) {
            NDArray input = manager.create(x, new Shape(batch, 3, side, side));
            NDArray classToken = backbone.forward(input, Attention.NONE).classToken();
            return Ops.normalize(classToken).toFloatArray();
          }
        });
  }

  private int pixels() {
    Architecture a = manifest.architecture();
    return 3 * a.imageSize() * a.imageSize();
  }

  @Override
  public void close() {
    manager.close();
  }
}
