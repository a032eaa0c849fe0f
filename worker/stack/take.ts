// Taking snippets off the stack, each in one transaction: delete, pop, and the reads that burn.

import { limits } from '../../shared/limits.ts';
import { accept, refuse, type Result } from '../../shared/problem.ts';
import { leftChanges } from './changes.ts';
import { unchanged, type Written } from './push.ts';
import { nothingHere, type ReadAnswer, textAnswer, type WholeAnswer, wholeAnswer } from './read.ts';
import { otherRequest } from './requests.ts';
import type { Tables } from './tables.ts';

const popForgotten = refuse(
  'not_found',
  'This pop was answered before, and what it took off is kept no more. It is gone from the stack.',
);

/** Takes a snippet off and has its record in the archive deleted. */
export function deleteSnippet(
  tables: Tables,
  number: number,
  requestId: string,
  nowMs: number,
): Result<Written<null>> {
  return tables.transaction(() => {
    const { history, outbox, requests, snippets } = tables;
    const first = requests.getAnswer(requestId, nowMs);
    if (first)
      return first.kind === 'deleted' && first.number === number ? accept(unchanged(null)) : otherRequest();
    const row = snippets.get({ kind: 'number', number }, 'owner', nowMs);
    if (!row) return nothingHere();
    snippets.delete(number);
    outbox.takeBack(row);
    const object = history.remove(number);
    if (object !== undefined) outbox.markStale(object);
    requests.remember(requestId, { kind: 'deleted', number }, nowMs);
    return accept({ answer: null, changes: leftChanges([number], 'deleted'), dueMs: nowMs });
  });
}

/**
 * Takes the newest off and gives it. A retry with the same request id gives it again.
 * @param meant the number that has to be on top; 0: whichever is
 */
export function popSnippet(
  tables: Tables,
  meant: number,
  requestId: string,
  nowMs: number,
): Result<Written<WholeAnswer>> {
  return tables.transaction(() => {
    const { requests, snippets } = tables;
    const first = requests.getAnswer(requestId, nowMs);
    if (first && first.kind !== 'popped') return otherRequest();
    if (first) {
      const kept = snippets.getKept(first.number, nowMs);
      // A popped row has given its alias up, and the first answer had it.
      return kept ? accept(unchanged(wholeAnswer(tables, { ...kept, alias: first.alias }))) : popForgotten;
    }
    const row = snippets.get({ kind: 'latest' }, 'owner', nowMs);
    if (!row) return nothingHere();
    if (meant !== 0 && row.number !== meant)
      return refuse('stale', `Number ${row.number} is on top by now, not ${meant}: nothing was popped.`);
    const answer = wholeAnswer(tables, row);
    const { number, alias } = row;
    const retryEndMs = nowMs + limits.requestIdSeconds * 1000;
    // A lifetime ends for a popped snippet, too.
    const keptUntilMs = requestId === '' ? null : Math.min(retryEndMs, row.expiresAtMs);
    snippets.leave([number], nowMs, keptUntilMs);
    snippets.releaseOldPops();
    // Now, because nothing may wait that an alarm would come for.
    snippets.eraseLeft(nowMs);
    requests.remember(requestId, { kind: 'popped', number, alias }, nowMs);
    return accept({ answer, changes: leftChanges([number], 'popped'), dueMs: keptUntilMs ?? Infinity });
  });
}

/** Gives a burning snippet to the bearer of its link, and takes it off with its last read. */
export function revealSnippet(tables: Tables, number: number, nowMs: number): Result<Written<ReadAnswer>> {
  if (!tables.created) return nothingHere();
  return tables.transaction(() => {
    const { snippets } = tables;
    const found = snippets.getWithHead({ kind: 'number', number }, 'link', nowMs);
    if (!found) return nothingHere();
    const answer = textAnswer(tables, found);
    // What doesn't burn is read like this, too: a page need not know which it is.
    if (found.row.readsLeft === 0 || snippets.takeRead(number) > 0) return accept(unchanged(answer));
    snippets.delete(number);
    return accept({ answer, changes: leftChanges([number], 'burnt'), dueMs: nowMs });
  });
}
