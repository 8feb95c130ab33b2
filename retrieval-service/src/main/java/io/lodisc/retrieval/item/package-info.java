/** Items: a picture with its embedding, label, group and metadata. */
package io.lodisc.retrieval.item;
