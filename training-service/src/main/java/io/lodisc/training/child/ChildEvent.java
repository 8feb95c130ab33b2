package io.lodisc.training.child;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.pretrain.StepMetrics;
import io.lodisc.training.pretrain.TrainingLog.EpochRow;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a job's process says on its standard output, one JSON object a line. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @Type(name = "progress", value = Progress.class),
  @Type(name = "metrics", value = ChildEvent.Measured.class),
  @Type(name = "epoch", value = ChildEvent.EpochEnded.class),
  @Type(name = "evaluated", value = ChildEvent.Evaluated.class),
  @Type(name = "checkpoint", value = ChildEvent.CheckpointWritten.class),
  @Type(name = "failed", value = ChildEvent.Failed.class),
  @Type(name = "cancelled", value = ChildEvent.Cancelled.class),
  @Type(name = "paused", value = ChildEvent.Paused.class),
  @Type(name = "done", value = ChildEvent.Done.class)
})
public sealed interface ChildEvent
    permits Progress,
        ChildEvent.Measured,
        ChildEvent.EpochEnded,
        ChildEvent.Evaluated,
        ChildEvent.CheckpointWritten,
        ChildEvent.Last {

  /** After one of these the process ends. */
  sealed interface Last extends ChildEvent permits Failed, Cancelled, Paused, Done {}

  /** By a step. */
  record Measured(StepMetrics metrics) implements ChildEvent {}

  record EpochEnded(EpochRow row) implements ChildEvent {}

  /**
   * @param summary start, last and best
   * @param measured the numbers of this evaluation; null if none are told
   */
  record Evaluated(int epoch, JsonNode summary, Map<String, Double> measured)
      implements ChildEvent {}

  /**
   * @param seconds writing took; null if it was an earlier process that wrote it
   */
  record CheckpointWritten(String folder, Double seconds) implements ChildEvent {}

  /**
   * @param passing whether trying again may help: the machine's fault, not the job's
   * @param fault null if it is not told
   */
  record Failed(String reason, String hint, boolean passing, Fault fault) implements Last {}

  record Cancelled() implements Last {}

  /** All that is needed to go on is in a checkpoint. */
  record Paused() implements Last {}

  record Done() implements Last {}
}
