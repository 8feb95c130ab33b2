/**
 * The two views of a picture: MoCo v3's augmentation with PIL's meaning of each operation, and the
 * randomness it is drawn from. No Spring.
 *
 * <p>Between operations a picture is an {@code int[]}, a pixel an element: {@code 0xRRGGBB}, each
 * channel rounded to 8 bits as PIL rounds it.
 */
package io.lodisc.training.views;
