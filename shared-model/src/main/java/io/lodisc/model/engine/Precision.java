package io.lodisc.model.engine;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.Map;

/** How exactly a step's matrix products are computed; weights and results are float32 in all. */
public enum Precision {
  /** In float32, on a GPU too. */
  @JsonProperty("fp32")
  FP32,
  /** On a GPU by TensorFloat-32 (10 bits of mantissa), convolutions too; elsewhere as FP32. */
  @JsonProperty("tf32")
  TF32,
  /** In bfloat16 (7 bits of mantissa), from float32 weights. */
  @JsonProperty("bf16")
  BF16;

  /** Read by libtorch when it is loaded: 1 lets cuBLAS take TF32. */
  private static final String MATRICES = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";

  /** Read by NVIDIA's libraries: 0 forbids TF32, which cuDNN takes for convolutions by default. */
  private static final String LIBRARIES = "NVIDIA_TF32_OVERRIDE";

  /** Makes this the environment of a process that is to compute so. */
  public void prepare(Map<String, String> environment) {
    if (this == TF32) {
      environment.put(MATRICES, "1");
      environment.remove(LIBRARIES);
    } else {
      environment.put(MATRICES, "0");
      environment.put(LIBRARIES, "0");
    }
  }

  /** Whether a process with this environment computes so on a GPU. */
  public boolean isPrepared(Map<String, String> environment) {
    Map<String, String> prepared = new HashMap<>(environment);
    prepare(prepared);
    return prepared.equals(environment);
  }
}
