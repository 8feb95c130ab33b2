package io.lodisc.training.child;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a job's process says on its standard output, one JSON object a line. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @Type(name = "progress", value = Progress.class),
  @Type(name = "checkpoint", value = ChildEvent.CheckpointWritten.class),
  @Type(name = "failed", value = ChildEvent.Failed.class),
  @Type(name = "cancelled", value = ChildEvent.Cancelled.class),
  @Type(name = "done", value = ChildEvent.Done.class)
})
public sealed interface ChildEvent permits Progress, ChildEvent.CheckpointWritten, ChildEvent.Last {

  /** After one of these the process ends. */
  sealed interface Last extends ChildEvent permits Failed, Cancelled, Done {}

  record CheckpointWritten(String folder) implements ChildEvent {}

  record Failed(String reason, String hint) implements Last {}

  record Cancelled() implements Last {}

  record Done() implements Last {}
}
