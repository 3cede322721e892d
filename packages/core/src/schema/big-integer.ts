/** How large an integer of any size may be. */

/** The most digits that a big integer may have on the wire, with a minus sign counted as one. */
export const maxDigits = 1_000;
/** The least integer that is too long. */
export const tooHigh: bigint = 10n ** BigInt(maxDigits);
/** The greatest negative integer that is too long. */
export const tooLow: bigint = -(10n ** BigInt(maxDigits - 1));
