/** Which patches the local branch keeps: one class a strategy (paper, Eq. 4 and Table 4). */
package io.lodisc.model.method.mask;
