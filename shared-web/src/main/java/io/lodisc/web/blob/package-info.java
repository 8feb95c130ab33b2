/** Where large bytes are kept: a folder, or S3. */
package io.lodisc.web.blob;
