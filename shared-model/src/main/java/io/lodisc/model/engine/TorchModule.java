package io.lodisc.model.engine;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A TorchScript module whose source is text in this program.
 *
 * @param model held for good: its finalizer would close the module
 */
record TorchModule(Model model) {

  /**
   * Compiles it.
   *
   * @param type the class in the source
   * @throws ai.djl.engine.EngineException if the engine lacks an operation that the source calls
   */
  static TorchModule load(String type, String source) {
    try {
      Path folder = Files.createTempDirectory("lodisc-ops");
      Path archive = folder.resolve("ops.pt");
      try {
        TorchScriptArchive.write(archive, type, source);
        Model model = Model.newInstance("ops", "PyTorch");
        model.load(folder, "ops.pt", Map.of("trainParam", "true"));
        return new TorchModule(model);
      } finally {
        Files.deleteIfExists(archive);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      throw new IllegalStateException("the engine refuses the TorchScript archive", e);
    }
  }

  /** Calls a method with one result. */
  NDArray call(String method, NDList arguments) {
    return callForAll(method, arguments).head();
  }

  /** Calls a method that returns a list of tensors. */
  NDList callForAll(String method, NDList arguments) {
    PtSymbolBlock block = (PtSymbolBlock) model.getBlock();
    // or the engine would watch some calls and then run a program of its own making in place of
    // ours
    JniUtils.setGraphExecutorOptimize(false);
    try (NDArray name = arguments.head().getManager().zeros(new Shape(0))) {
      name.setName("module_method:" + method);
      arguments.add(name);
      return IValueUtils.forward(block, arguments, true);
    } finally {
      arguments.forEach(array -> array.setName(null)); // or the next call would take it for a list
    }
  }

  /** Adds one argument that is a list of tensors. */
  static void list(NDList arguments, String name, List<NDArray> arrays) {
    for (NDArray array : arrays) {
      array.setName(name + "[]");
      arguments.add(array);
    }
  }
}
