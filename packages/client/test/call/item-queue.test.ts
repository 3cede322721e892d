/** The queue between a call and its consumer, against the simplest queue that there is. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ItemQueue } from "../../src/call/item-queue.ts";
import { outcomeOf } from "../fixture/stage.ts";

test("whatever the order of coming and asking: each item goes out once, in order, then the end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom("push", "ask"), { maxLength: 60 }), async (acts) => {
      const queue = new ItemQueue<number>();
      const answers: Promise<number | undefined>[] = [];
      let pushed = 0;
      for (const act of acts) {
        if (act === "push") queue.push((pushed += 1));
        else answers.push(queue.next());
      }
      queue.finish();
      queue.push(-1); // too late

      const expected = answers.map((_, index) => (index < pushed ? index + 1 : undefined));
      expect(await Promise.all(answers)).toEqual(expected);
      for (let item = answers.length + 1; item <= pushed; item += 1) {
        expect(await queue.next()).toBe(item);
      }
      expect(await queue.next()).toBeUndefined();
    }),
  );
});

test("an error goes to the first who asks behind the last item, and the end to all others", async () => {
  const queue = new ItemQueue<number>();
  const error = new Error("lost");
  const asked = [queue.next(), queue.next(), queue.next()].map(outcomeOf);
  queue.push(1);
  queue.fail(error);
  queue.fail(new Error("again"));

  expect(await Promise.all(asked)).toEqual([1, error, undefined]);
  expect(await queue.next()).toBeUndefined();
});

test("an error that came before anybody asked is thrown once, behind the last item", async () => {
  const queue = new ItemQueue<number>();
  const error = new Error("lost");
  queue.push(1);
  queue.fail(error);

  expect(await queue.next()).toBe(1);
  expect(await outcomeOf(queue.next())).toBe(error);
  expect(await outcomeOf(queue.next())).toBeUndefined();
});

test("what is dropped is gone, and so is an error that nobody met", async () => {
  const queue = new ItemQueue<number>();
  queue.push(1);
  queue.fail(new Error("lost"));
  queue.drop();

  expect(await queue.next()).toBeUndefined();
});

test("thousands of waiting items go out in order, with more coming in between", async () => {
  const queue = new ItemQueue<number>();
  const taken: unknown[] = [];
  let pushed = 0;
  for (let round = 0; round < 5; round += 1) {
    for (let count = 0; count < 1_500; count += 1) queue.push((pushed += 1));
    for (let count = 0; count < 1_100; count += 1) taken.push(await queue.next());
  }
  while (taken.length < pushed) taken.push(await queue.next());

  expect(taken).toEqual(Array.from({ length: pushed }, (_, index) => index + 1));
});
