package io.lodisc.model.method;

import io.lodisc.model.method.mask.MaskStrategy;

/**
 * How the local branch sees a view.
 *
 * @param mask which patches it keeps
 * @param ratio share of the patches that it leaves out (Eq. 4)
 * @param masked what becomes of the others
 */
public record LocalBranch(MaskStrategy mask, double ratio, MaskedTokens masked) {}
