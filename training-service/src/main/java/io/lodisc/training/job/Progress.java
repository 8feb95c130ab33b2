package io.lodisc.training.job;

/** How far a job is; what is not known is null. */
record Progress(
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

  static final Progress NONE = new Progress(null, null, null, null, null, null, null, null, null);
}
