/** Contracts of one procedure: what a page loads for it, without and with values that nobody declared. */
import { unary } from "@concordat/core";
import { Type } from "typebox";
import { bench } from "../contract.mjs";

export const plain = { small: bench.tree.small };

const Note = Type.Object({ id: Type.Integer(), anything: Type.Unknown() });
export const free = { note: unary({ request: Note, response: Note }) };
