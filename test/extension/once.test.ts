// What is made once: when it is first asked for, and again only where that failed.

import { describe, expect, it } from 'vitest';
import { once } from '../../extension/once.ts';

describe('what is made once', () => {
  it('is made when it is first asked for, and is the same from then on', async () => {
    let made = 0;
    const get = once(async () => ({ number: (made += 1) }));
    expect(made).toBe(0);
    const [first, second] = await Promise.all([get(), get()]);
    expect([first, made]).toEqual([{ number: 1 }, 1]);
    expect(second).toBe(first);
    expect(await get()).toBe(first);
  });

  it('is made anew where that failed', async () => {
    const answers = [Promise.reject(new Error('busy')), Promise.resolve('made')];
    const get = once(async () => answers.shift());
    await expect(get()).rejects.toThrow('busy');
    expect(await get()).toBe('made');
  });
});
