/** Reading of requests that several features share. */
package io.lodisc.retrieval.web;
