/** The whole platform in one process, and the command line around it. */
package io.lodisc.standalone;
