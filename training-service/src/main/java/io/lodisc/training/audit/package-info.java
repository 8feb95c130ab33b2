/** Who did what, when and why: changes of jobs' states, promotions, deletions. */
package io.lodisc.training.audit;
