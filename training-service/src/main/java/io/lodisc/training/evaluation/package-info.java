/** How good an encoder is, while it trains and after: the paper's protocol. No Spring. */
package io.lodisc.training.evaluation;
