// Which device a snippet comes from, and which of them is this editor.

import { describe, expect, it } from 'vitest';
import { type Kept, OwnPushes } from '../../../extension/stack/own-pushes.ts';

const ada = { endpoint: 'https://pybin.example', userId: 'ada' };
const laptop = { id: 'a', device: 'VS Code on laptop' };
const desk = { id: 'b', device: 'VS Code on desk' };

function memento(): Kept {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key),
    update: async (key, value) => {
      kept.set(key, value);
    },
  };
}

function pushesOf(owner: typeof ada, kept = memento()): OwnPushes {
  const own = new OwnPushes(kept);
  own.belongTo(owner);
  return own;
}

describe('the other device', () => {
  it('is the one that pushed, until this window is answered to have pushed by that key', () => {
    const own = pushesOf(ada);
    expect(own.otherDeviceOf(desk)).toBe('VS Code on desk');
    own.add(desk);
    expect(own.otherDeviceOf({ id: 'c', device: 'VS Code on desk' })).toBe('');
    expect(own.otherDeviceOf(laptop)).toBe('VS Code on laptop');
  });

  it('isn’t this editor’s other window, nor this editor before it was started anew', () => {
    const kept = memento();
    pushesOf(ada, kept).add(desk);
    expect(pushesOf(ada, kept).otherDeviceOf({ id: 'c', device: 'VS Code on desk' })).toBe('');
  });

  it.each([
    { name: 'another user', owner: { ...ada, userId: 'eve' } },
    { name: 'another endpoint', owner: { ...ada, endpoint: 'https://other.example' } },
  ])('is known anew for $name', ({ owner }) => {
    const kept = memento();
    const own = pushesOf(ada, kept);
    own.add(desk);
    own.belongTo(owner);
    expect(own.otherDeviceOf(desk)).toBe('VS Code on desk');
    own.belongTo(ada);
    expect(own.otherDeviceOf(desk)).toBe('');
  });

  it('without a name is none, and says nothing of others without one', () => {
    const own = pushesOf(ada);
    own.add({ id: 'a', device: '' });
    expect(own.has({ id: 'a', device: '' })).toBe(true);
    expect(own.has({ id: 'b', device: '' })).toBe(false);
    expect(own.otherDeviceOf({ id: 'b', device: '' })).toBe('');
  });
});
