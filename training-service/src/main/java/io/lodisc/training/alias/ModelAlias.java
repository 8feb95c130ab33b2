package io.lodisc.training.alias;

import java.time.Instant;

/** A model's name and the checkpoint that it now means. */
public record ModelAlias(String alias, String checkpoint, Instant promotedAt) {}
