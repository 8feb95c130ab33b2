/** Files of the store of blobs on this machine, for processes that read files. */
package io.lodisc.training.storage;
