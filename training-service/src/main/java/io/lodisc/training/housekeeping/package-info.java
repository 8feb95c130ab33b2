/**
 * What goes away, and when: deletions, the retention of checkpoints, the sweep of files that no row
 * names, the room on the disk.
 */
package io.lodisc.training.housekeeping;
