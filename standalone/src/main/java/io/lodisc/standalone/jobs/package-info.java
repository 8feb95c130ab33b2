/** {@code lodisc jobs ...}: jobs of any server, from the command line. */
package io.lodisc.standalone.jobs;
