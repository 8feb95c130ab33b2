/** Encoders from elsewhere and for elsewhere: timm's, torchvision's and Hugging Face's names. */
package io.lodisc.model.exchange;
