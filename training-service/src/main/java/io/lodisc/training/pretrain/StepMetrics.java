package io.lodisc.training.pretrain;

import io.lodisc.training.pretrain.TrainingLog.StepMeasure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a step measured, as its followers see it.
 *
 * @param step optimiser steps done, this one included
 * @param values name to finite number: {@code loss} (Eq. 5) and its terms such as {@code
 *     loss.local}, {@code positiveSimilarity} and {@code negativeSimilarity} (cosines of q with the
 *     k of its own picture and of the others), {@code learningRate} and {@code momentum} of this
 *     step; {@code imagesPerSecond} over the last few steps, {@code dataWait} (share of time) over
 *     this epoch so far
 */
public record StepMetrics(int epoch, long step, Map<String, Double> values) {

  static StepMetrics of(
      RunListener.Progress now, StepMeasure measured, double learningRate, double momentum) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", measured.loss());
    measured.terms().forEach((name, loss) -> values.put("loss." + name, loss));
    values.put("positiveSimilarity", measured.positive());
    values.put("negativeSimilarity", measured.negative());
    values.put("learningRate", learningRate);
    values.put("momentum", momentum);
    values.put("imagesPerSecond", now.imagesPerSecond());
    values.put("dataWait", now.dataWait());
    values.values().removeIf(value -> !Double.isFinite(value));
    return new StepMetrics(now.epoch(), now.step(), values);
  }
}
