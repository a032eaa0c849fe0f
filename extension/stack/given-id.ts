// Which snippet a menu, a button or a link means. Pure.

/** The id of a snippet, in what the editor hands over: a row, or the id itself. */
export function getGivenId(given: unknown): string | undefined {
  if (typeof given === 'string') return given;
  const isRow = typeof given === 'object' && given !== null && 'id' in given;
  return isRow && typeof given.id === 'string' ? given.id : undefined;
}
