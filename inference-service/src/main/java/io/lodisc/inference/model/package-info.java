/**
 * Which encoder an alias means now: following it, fetching checkpoints, keeping encoders loaded.
 */
package io.lodisc.inference.model;
