/** The trainer: batches, the loop, checkpoints, and the process it runs in. No Spring. */
package io.lodisc.training.pretrain;
