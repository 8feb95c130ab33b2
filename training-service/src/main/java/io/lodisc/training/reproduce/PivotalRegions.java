package io.lodisc.training.reproduce;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.method.Importance;
import io.lodisc.model.method.mask.Patches;
import io.lodisc.model.vit.VisionTransformer;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import io.lodisc.training.evaluation.EvaluationViews;
import io.lodisc.training.evaluation.Labelled;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.reproduce.Result.Pivotal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Which patches of the plain test view the query encoder of a checkpoint finds important. */
final class PivotalRegions {

  private PivotalRegions() {}

  /** The patches of highest importance (Eq. 3), as many as the run's mask keeps. */
  static Pivotal of(Path checkpoint, Settings settings, List<Labelled> pictures)
      throws IOException {
    Manifest manifest = Checkpoints.verify(checkpoint);
    Preprocessing preprocessing = manifest.preprocessing();
    int side = preprocessing.size();
    float[] x = views(pictures, preprocessing);
    int patches = manifest.architecture().patches();
    int kept = Math.clamp(settings.mask().kept(patches, settings.maskRatio()), 1, patches);
    Torch.start();
    Torch.threads(1);
    try (NDManager manager = Torch.manager()) {
      Weights weights = new Weights(manager);
      TensorWeights.put(weights, Checkpoints.read(checkpoint, Checkpoints.ENCODER));
      VisionTransformer encoder =
          new VisionTransformer(manifest.architecture(), weights, Kernel.FUSED);
      long[] flat =
          Torch.withoutGradients(
              () -> {
                try (Scope scope = new Scope()) {
                  NDArray input = manager.create(x, new Shape(pictures.size(), 3, side, side));
                  NDArray importance =
                      Importance.of(encoder.forward(input, Attention.CLASS_TOKEN).attention());
                  return Patches.indices(importance, kept).toLongArray();
                }
              });
      List<List<Integer>> all = new ArrayList<>();
      for (int i = 0; i < pictures.size(); i++) {
        all.add(
            LongStream.of(flat)
                .skip((long) i * kept)
                .limit(kept)
                .sorted()
                .boxed()
                .map(Long::intValue)
                .toList());
      }
      return new Pivotal(manifest.epoch(), all);
    }
  }

  /** The test views one after the other, each 3 x side x side. */
  static float[] views(List<Labelled> pictures, Preprocessing preprocessing) throws IOException {
    EvaluationViews views = new EvaluationViews(preprocessing, 0);
    int length = 3 * preprocessing.size() * preprocessing.size();
    float[] x = new float[pictures.size() * length];
    for (int i = 0; i < pictures.size(); i++) {
      byte[] file = Files.readAllBytes(pictures.get(i).file());
      Picture picture = PictureDecoder.decode(file, PictureDecoder.Limits.DEFAULT);
      views.test(picture, x, i * length);
    }
    return x;
  }
}
