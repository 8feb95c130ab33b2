package io.lodisc.training.dataset;

import io.lodisc.model.dataset.DatasetReport;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * @param pictures those to train on
 * @param source the folder that was registered, or {@code upload}
 * @param layout the one that was named or recognised
 * @param split the only one trained on; null: train where there is one, else all
 * @param labels number of different labels of the pictures to train on
 * @param groups number of different groups of the pictures to train on
 * @param seed of the split, where the layout draws one
 * @param testShare of each class, where the layout draws the split
 * @param report a {@link DatasetReport} on the whole set; none for a set that was registered before
 *     there were reports
 */
record DatasetResponse(
    String name,
    int pictures,
    String source,
    String layout,
    String split,
    int labels,
    int groups,
    long seed,
    double testShare,
    JsonNode report,
    Instant createdAt) {}
