/** Whole archives of pictures, imported all or nothing. */
package io.lodisc.retrieval.imports;
