package io.lodisc.training.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.lodisc.web.ApiException;
import io.lodisc.web.JsonErrors;
import io.lodisc.web.Problem;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What becomes of a job's checkpoint if a gate holds.
 *
 * @param alias that is to mean it
 * @param metric such as {@code classToken.rank1}
 * @param atLeast what the metric must reach; null for the other gate
 * @param notBelow {@code current}: what the alias's present checkpoint reaches on the same pictures
 */
record Promotion(String alias, String metric, Double atLeast, String notBelow) {

  private static final Pattern ALIAS = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  static final String CURRENT = "current";

  /** That of a request; null if it has none. */
  static Promotion of(JsonNode said, JsonMapper json) {
    if (said == null || said.isNull()) {
      return null;
    }
    try {
      Promotion promotion = json.treeToValue(said, Promotion.class);
      promotion.check();
      return promotion;
    } catch (JacksonException e) {
      throw JsonErrors.of(e, "promote");
    }
  }

  private void check() {
    if (alias == null || !ALIAS.matcher(alias).matches()) {
      throw wrong("'promote.alias' must be a model's name.");
    }
    if (metric == null || metric.isBlank()) {
      throw wrong("'promote.metric' is missing.");
    }
    if ((atLeast == null) == (notBelow == null)) {
      throw wrong("'promote' needs one gate, 'atLeast' or 'notBelow'.");
    }
    if (notBelow != null && !notBelow.equals(CURRENT)) {
      throw wrong("'promote.notBelow' can only be 'current'.");
    }
  }

  /** Whether the alias's present checkpoint must be measured too. */
  @JsonIgnore
  boolean isRelative() {
    return notBelow != null;
  }

  private static ApiException wrong(String detail) {
    return new ApiException(
        Problem.INVALID_REQUEST,
        detail,
        "Such as {\"alias\": \"production\", \"metric\": \"classToken.rank1\", \"atLeast\": 0.5}.");
  }
}
