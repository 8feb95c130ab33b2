/** The vision transformer and MoCo v3's heads, as functions over named tensors. */
package io.lodisc.model.vit;
