package io.lodisc.training.job;

import io.lodisc.training.housekeeping.Headroom;
import java.time.Duration;

/**
 * What a job's process may take.
 *
 * @param heap Java's, as -Xmx takes it
 * @param grace to end by itself once it is cancelled or done
 * @param pauseGrace to write a checkpoint and end once it is to pause
 * @param disk it goes on from epoch to epoch while there is room
 */
record ChildLimits(String heap, Duration grace, Duration pauseGrace, Headroom disk) {}
