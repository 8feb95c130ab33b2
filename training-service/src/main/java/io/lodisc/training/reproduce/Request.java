package io.lodisc.training.reproduce;

import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be reproduced.
 *
 * @param base settings under the rows'
 * @param over settings over the rows'
 * @param seeds runs a row, of seeds 0, 1, ...
 * @param start checkpoint that every run starts from; null draws start weights
 * @param parallel runs at a time
 * @param only the one row to run; null for all
 * @param command how it was asked for
 */
public record Request(
    Plan plan,
    Pictures pictures,
    ObjectNode base,
    ObjectNode over,
    int seeds,
    Path start,
    int parallel,
    String only,
    Path to,
    String command) {}
