/** What an operator can set. */
package io.lodisc.inference.config;
