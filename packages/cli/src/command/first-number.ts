/** The flag `--first`: the number of a contract's first release. */
import { isReleaseNumber, workingTree } from "@concordat/core/internal";

import { UnusableInput } from "../project/unusable-input.ts";
import type { Flag } from "./command.ts";

/** The flag, for every command that may make a first release. */
export const firstFlag = {
  summary: "The number of a contract's first release. Default 1.0.0.",
  value: "NUMBER",
} as const satisfies Flag;

/**
 * The number that was given.
 *
 * @throws UnusableInput when it is none.
 */
export function firstNumber(text: string | undefined): { readonly first?: string } {
  if (text === undefined) return {};
  if (!isReleaseNumber(text)) {
    throw new UnusableInput(
      `--first ${JSON.stringify(text)} is not a release number: three whole numbers joined by dots, such as 0.1.0.`,
    );
  }
  if (text === workingTree) {
    throw new UnusableInput(
      `--first ${text} stands for a working tree; begin with 0.1.0 or 1.0.0.`,
    );
  }
  return { first: text };
}

/** A contract that has releases, with its newest. */
interface Released {
  readonly contract: string;
  readonly newest: string;
}

/** Why contracts take no first number. */
export function notFirst(released: readonly Released[]): UnusableInput {
  return new UnusableInput(
    `--first is for a first release, and there are some: ${upTo(released)}.`,
  );
}

/** Contracts with their newest releases, in a sentence. */
export function upTo(released: readonly Released[]): string {
  return released.map(({ contract, newest }) => `${contract} (up to ${newest})`).join(", ");
}
