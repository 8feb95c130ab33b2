/** The paper's tables, run row by row, and the report on them. No Spring. */
package io.lodisc.training.reproduce;
