/** What the scripts of this module run: each prints its figures as lines of name, who, number. */
package io.lodisc.benchmarks;
