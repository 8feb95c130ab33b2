/** What users see of a job while it runs and afterwards: its events, its log, its metrics. */
package io.lodisc.training.follow;
