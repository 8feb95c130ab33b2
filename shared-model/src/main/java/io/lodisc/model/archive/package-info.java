/** Picture sets as users have them: zip files, class folders, manifests. */
package io.lodisc.model.archive;
