package io.lodisc.training.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * Something that was done.
 *
 * @param seq rises from row to row
 * @param who a user's name, {@code worker NAME}, or the part of lodisc that did it by itself
 * @param what such as {@code job.cancel} or {@code checkpoint.delete}
 * @param subject the id or name of what it was done to
 * @param why in words; null if nothing was said
 */
record AuditRow(
    @JsonIgnore long seq, Instant at, String who, String what, String subject, String why) {}
