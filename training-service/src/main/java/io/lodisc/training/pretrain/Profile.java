package io.lodisc.training.pretrain;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.lodisc.model.engine.Precision;
import io.lodisc.model.method.Branches;
import io.lodisc.model.method.MaskedTokens;
import io.lodisc.model.method.mask.MaskStrategy;
import io.lodisc.model.method.schedule.Schedule;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.training.evaluation.EvaluationSettings;
import io.lodisc.training.views.ViewSettings;

/** Where a job's hyper-parameters come from that it does not name itself. */
public enum Profile {

  /** What the paper says, and MoCo v3 where it is silent. */
  @JsonProperty("paper")
  PAPER {
    @Override
    Settings settings() {
      return new Settings(
          this,
          new Architecture(224, 16, 768, 12, 12, 4, Positions.SINCOS),
          0.02,
          Normalisation.IMAGENET,
          "lodisc",
          Branches.GLOBAL_LOCAL,
          100,
          64,
          1,
          null,
          Schedule.named("cosine"),
          0,
          0.5,
          0,
          0.2,
          0.99,
          true,
          1,
          MaskStrategy.named("location"),
          0.7,
          MaskedTokens.ZEROED,
          4096,
          768,
          true,
          0,
          false,
          false,
          Precision.FP32,
          ViewSettings.mocoV3(),
          EvaluationSettings.DEFAULTS,
          0.05,
          0,
          1,
          0,
          0);
    }
  },

  /** What the authors' code does: no projector, dropout, learned positions, all of it trained. */
  @JsonProperty("released")
  RELEASED {
    @Override
    Settings settings() {
      return SettingsJson.overlay(
          SettingsJson.tree(PAPER.settings()),
          """
          {"profile": "released",
           "architecture": {"positions": "learned"},
           "trainPatchProjection": true,
           "projector": false,
           "predictorDropout": 0.2,
           "mask": "location-strict",
           "momentumUpdates": 4}
          """);
    }
  };

  /** Its hyper-parameters, for a ViT-B/16 at batch 64. */
  abstract Settings settings();
}
