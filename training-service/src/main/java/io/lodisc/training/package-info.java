/** The training service: data sets, pretraining jobs, checkpoints and the aliases of models. */
package io.lodisc.training;
