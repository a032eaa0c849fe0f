// What is made when it is first asked for, and is the same from then on: so that nothing is loaded before it is needed.

/** What fails is made anew when it is asked for again. */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
}
