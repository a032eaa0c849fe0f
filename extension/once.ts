// What is made when it is first asked for, and is the same from then on: so that nothing is loaded before it is needed.

export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
