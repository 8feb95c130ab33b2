package io.lodisc.training.compare;

import ai.djl.ndarray.NDManager;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.engine.EngineException;
import io.lodisc.model.engine.SelfTest;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.vit.VisionTransformer;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.evaluation.EvaluationException;
import io.lodisc.training.evaluation.Evaluator;
import io.lodisc.training.evaluation.FeatureExtractor.Features;
import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.pretrain.Parent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evaluates the class token of one or two checkpoints. A request to pause or cancel ends it at the
 * next batch; it begins anew when it goes on.
 */
public final class ComparisonProcess {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Parent parent = Parent.connect(request -> ending = request);
  private volatile String ending;

  private ComparisonProcess() {}

  /**
   * @param arguments the job's folder, which holds comparison.json
   */
  public static void main(String[] arguments) {
    System.exit(new ComparisonProcess().run(Path.of(arguments[0]).resolve("comparison.json")));
  }

  private int run(Path file) {
    try {
      Comparison comparison = JSON.readValue(file.toFile(), Comparison.class);
      SelfTest.run();
      int cores = Runtime.getRuntime().availableProcessors();
      int threads = comparison.threads() == 0 ? cores : comparison.threads();
      Torch.threads(threads);
      Map<String, ObjectNode> found = new LinkedHashMap<>();
      found.put("last", evaluated(comparison, comparison.checkpoint(), threads));
      parent.progress(1, comparison.against() == null ? 1 : 2);
      if (comparison.against() != null) {
        found.put("against", evaluated(comparison, comparison.against(), threads));
        parent.progress(2, 2);
      }
      parent.tell(
          "evaluated",
          Map.of("epoch", 1, "summary", found, "measured", measured(found.get("last"))));
      parent.tell("done", Map.of());
      return 0;
    } catch (CancellationException e) {
      parent.tell(ending.equals("cancel") ? "cancelled" : "paused", Map.of());
      return 0;
    } catch (EngineException e) {
      e.printStackTrace();
      parent.failed(e.getMessage(), "The worker's machine is to be set right.", true, Fault.OTHER);
    } catch (EvaluationException e) {
      parent.failed(e.getMessage(), e.hint(), false, Fault.OTHER);
    } catch (InterruptedException | RuntimeException e) {
      e.printStackTrace();
      parent.failed("The evaluation failed: " + e, "Its log has the details.", false, Fault.OTHER);
    }
    return 1;
  }

  private static Map<String, Double> measured(ObjectNode shown) {
    return JSON.treeToValue(shown.deepCopy().without("epoch"), Evaluation.class).measured();
  }

  private ObjectNode evaluated(Comparison comparison, Path checkpoint, int threads)
      throws InterruptedException {
    Manifest manifest = Checkpoints.verify(checkpoint);
    try (NDManager manager = Torch.manager()) {
      Weights weights = new Weights(manager);
      TensorWeights.put(weights, Checkpoints.read(checkpoint, Checkpoints.ENCODER));
      VisionTransformer encoder =
          new VisionTransformer(manifest.architecture(), weights, Kernel.FUSED);
      Evaluator evaluator =
          new Evaluator(
              comparison.splits(),
              manifest.preprocessing(),
              comparison.settings(),
              comparison.seed(),
              threads);
      Evaluation evaluation =
          evaluator.run(
              x -> {
                var features = encoder.forward(x, Attention.CLASS_TOKEN);
                return new Features(features.classToken(), null, features.attention().getLast());
              },
              comparison.settings().probeEpochs() > 0,
              () -> ending != null);
      ObjectNode shown = JSON.createObjectNode().put("epoch", manifest.epoch());
      return shown.setAll((ObjectNode) JSON.valueToTree(evaluation));
    }
  }
}
