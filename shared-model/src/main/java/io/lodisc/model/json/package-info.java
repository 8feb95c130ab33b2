/** JSON that users write: what is wrong with it, in their words. */
package io.lodisc.model.json;
