package io.lodisc.training.job;

/** The main class of the processes that pretrain. */
record ChildMain(String className) {}
