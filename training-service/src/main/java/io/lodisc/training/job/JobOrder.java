package io.lodisc.training.job;

/**
 * What a worker is to do.
 *
 * @param start id of the checkpoint to start from, or null
 * @param parent id of the checkpoint whose run it goes on, or null
 * @param checkpoint id of its newest, or null
 * @param settings as JSON
 * @param memoryMebibytes it may use; 0: any
 */
public record JobOrder(
    String id,
    String type,
    String dataset,
    String start,
    String parent,
    String checkpoint,
    String settings,
    long memoryMebibytes) {}
