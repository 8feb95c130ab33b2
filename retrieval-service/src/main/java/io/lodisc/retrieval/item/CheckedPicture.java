package io.lodisc.retrieval.item;

import org.springframework.core.io.Resource;

/**
 * A picture that could be decoded.
 *
 * @param width pixels as shown
 * @param height pixels as shown
 * @param content its file, unchanged
 */
public record CheckedPicture(
    String sha256, String mediaType, int width, int height, Resource content) {}
