/** The bytes of the pictures, by their SHA-256. */
package io.lodisc.retrieval.blob;
