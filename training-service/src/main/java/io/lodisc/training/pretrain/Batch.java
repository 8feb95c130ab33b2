package io.lodisc.training.pretrain;

/**
 * What a step trains on.
 *
 * @param x1 first views, batch x 3 x image x image; overwritten after the next batch is asked for
 * @param x2 second views of the same pictures; likewise
 * @param pictures the pictures' places in the data set
 * @param waitedNanos how long the step had to wait for it
 */
record Batch(float[] x1, float[] x2, int[] pictures, long waitedNanos) {}
