/** Counter-based randomness: what is drawn depends on where it is used and on nothing before. */
package io.lodisc.model.random;
