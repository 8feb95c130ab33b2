/** Pictures as training uses them: decoded, shrunk to what its crops need, kept. No Spring. */
package io.lodisc.training.pictures;
