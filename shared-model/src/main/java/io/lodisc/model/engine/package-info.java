/** DJL's PyTorch engine, bent to what training needs; nothing else calls its internals. */
package io.lodisc.model.engine;
