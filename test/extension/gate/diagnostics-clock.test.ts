// The clock knows when open documents were edited and heard of, and wakes who waits.

import { describe, expect, it } from 'vitest';
import { DiagnosticsClock } from '../../../extension/gate/diagnostics-clock.ts';

const URI = 'file:///a.py';
const LONG_MS = 600_000;
const never = new AbortController().signal;

function clockAt(): { clock: DiagnosticsClock; at: (now: number) => void } {
  let now = 1000;
  const clock = new DiagnosticsClock(() => now, [URI]);
  return { clock, at: (time) => void (now = time) };
}

describe('the clock', () => {
  it('takes its own beginning for the edit of a document that was open before', () => {
    const { clock } = clockAt();
    expect(clock.times(URI, false)).toEqual({ editedAt: 1000, publishedAt: undefined });
    expect(clock.isOlder(URI)).toBe(true);
  });

  it('knows when a document was opened, edited and heard of', () => {
    const { clock, at } = clockAt();
    at(2000);
    clock.opened('file:///b.py');
    expect(clock.times('file:///b.py', false)).toEqual({ editedAt: 2000, publishedAt: undefined });
    expect(clock.isOlder('file:///b.py')).toBe(false);
    at(3000);
    clock.edited(URI);
    at(3100);
    clock.published(URI, () => []);
    expect(clock.times(URI, false)).toEqual({ editedAt: 3000, publishedAt: 3100 });
    expect(clock.isOlder(URI)).toBe(false);
  });

  it('counts a save as an edit only where a tool listens for saves', () => {
    const { clock, at } = clockAt();
    at(2000);
    clock.saved(URI);
    expect(clock.times(URI, false).editedAt).toBe(1000);
    expect(clock.times(URI, true).editedAt).toBe(2000);
    at(3000);
    clock.edited(URI);
    expect(clock.times(URI, true).editedAt).toBe(3000);
  });

  it('knows what was said before the last edit, and before the last save', () => {
    const { clock, at } = clockAt();
    const said = {};
    at(2000);
    clock.published(URI, () => [said]);
    expect(clock.isOutdated(URI, said, 'on-type')).toBe(false);
    at(3000);
    clock.edited(URI);
    // Heard of again, and still what was said before.
    at(3100);
    const saidAgain = {};
    clock.published(URI, () => [said, saidAgain]);
    expect(clock.isOutdated(URI, said, 'on-type')).toBe(true);
    expect(clock.isOutdated(URI, saidAgain, 'on-type')).toBe(false);
    expect(clock.isOutdated(URI, said, 'on-save')).toBe(false);
    at(4000);
    clock.saved(URI);
    expect(clock.isOutdated(URI, saidAgain, 'on-save')).toBe(true);
    expect(clock.isOutdated(URI, {}, 'on-type')).toBe(false);
  });

  it('keeps nothing of documents that are closed or never were open', () => {
    const { clock, at } = clockAt();
    at(2000);
    clock.published('file:///never.py', () => []);
    clock.published(URI, () => []);
    clock.closed(URI);
    expect(clock.times(URI, false)).toEqual({ editedAt: 1000, publishedAt: undefined });
    expect(clock.times('file:///never.py', false)).toEqual({ editedAt: 1000, publishedAt: undefined });
    expect(clock.isOlder(URI)).toBe(false);
  });
});

describe('who waits', () => {
  it.each<[string, (clock: DiagnosticsClock) => void]>([
    ['an edit', (clock) => clock.edited(URI)],
    ['diagnostics', (clock) => clock.published(URI, () => [])],
    ['a save', (clock) => clock.saved(URI)],
    ['its closing', (clock) => clock.closed(URI)],
    ['the end of the clock', (clock) => clock.dispose()],
  ])('is woken by %s', async (_name, happen) => {
    const { clock } = clockAt();
    const waits = Promise.all([clock.wait(URI, LONG_MS, never), clock.wait(URI, LONG_MS, never)]);
    happen(clock);
    await expect(waits).resolves.toBeDefined();
  });

  it('is woken when the time has come', async () => {
    const { clock } = clockAt();
    await expect(clock.wait(URI, 1, never)).resolves.toBeUndefined();
  });

  it('is told of an abort', async () => {
    const { clock } = clockAt();
    const abort = new AbortController();
    const waits = clock.wait(URI, LONG_MS, abort.signal);
    abort.abort(new Error('given up'));
    await expect(waits).rejects.toThrow('given up');
    await expect(clock.wait(URI, LONG_MS, abort.signal)).rejects.toThrow('given up');
  });

  it('is not woken by another document', async () => {
    const { clock } = clockAt();
    const abort = new AbortController();
    const waits = clock.wait(URI, LONG_MS, abort.signal);
    clock.opened('file:///b.py');
    clock.published('file:///b.py', () => []);
    abort.abort(new Error('still waiting'));
    await expect(waits).rejects.toThrow('still waiting');
  });
});
