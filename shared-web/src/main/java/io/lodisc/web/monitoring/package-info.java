/** What operators see of every service: meters that no single service has to itself. */
package io.lodisc.web.monitoring;
