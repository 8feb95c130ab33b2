package io.lodisc.model.reference;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.lodisc.model.method.Branches;
import io.lodisc.model.method.HeadSizes;
import io.lodisc.model.method.LoDiscOptions;
import io.lodisc.model.method.LocalBranch;
import io.lodisc.model.method.MaskedTokens;
import io.lodisc.model.method.mask.MaskStrategy;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;

/** A reference's {@code config.json}, in the words of the PyTorch script that wrote it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ReferenceConfig(
    int image,
    int patch,
    int dim,
    int depth,
    int heads,
    @JsonProperty("mlp_ratio") double mlpRatio,
    @JsonProperty("pos_embed") Positions positions,
    int hidden,
    int out,
    int batch,
    @JsonProperty("mask_ratio") double maskRatio,
    double temperature,
    double momentum,
    @JsonProperty("lr") double learningRate,
    @JsonProperty("weight_decay") double weightDecay,
    Branches branches,
    @JsonProperty("freeze_patch_embed") boolean freezePatchProjection,
    int steps) {

  Architecture architecture() {
    return new Architecture(image, patch, dim, depth, heads, mlpRatio, positions);
  }

  HeadSizes headSizes() {
    return new HeadSizes(hidden, out);
  }

  LoDiscOptions options() {
    LocalBranch local =
        new LocalBranch(MaskStrategy.named("location"), maskRatio, MaskedTokens.ZEROED);
    return new LoDiscOptions(branches, temperature, local, 1, false, 0);
  }
}
