/** The HTTP conventions that the services share: problem details and their types, defaults. */
package io.lodisc.web;
