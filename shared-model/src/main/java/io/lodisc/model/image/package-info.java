/** Pictures: safe decoding, scaling, and what the model takes in. */
package io.lodisc.model.image;
