package io.lodisc.training.child;

/** How far a job is; what is not known is null. */
public record Progress(
    Integer epoch,
    Integer epochs,
    Long step,
    Long steps,
    Double loss,
    Double imagesPerSecond,
    Long secondsLeft,
    Double dataWait,
    Integer skipped)
    implements ChildEvent {

  public static final Progress NONE =
      new Progress(null, null, null, null, null, null, null, null, null);
}
