// What the environment says of the edge on this machine.

import { describe, expect, it } from 'vitest';
import { localSettings } from '../../worker/local/settings.ts';

describe('the local edge', () => {
  it('has defaults', () => {
    expect(localSettings({})).toMatchObject({ port: 8787, userId: 'ada' });
    expect(localSettings({}).stateDirectory).toMatch(/\.pybin$/);
  });

  it('takes a port, a place for its state and a user', () => {
    const settings = localSettings({ PORT: '9000', PYBIN_STATE_DIR: '/somewhere', PYBIN_USER: 'grace' });
    expect(settings).toEqual({ port: 9000, stateDirectory: '/somewhere', userId: 'grace' });
  });

  it.each([
    ['PORT', 'eight'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PYBIN_USER', 'Ada'],
    ['PYBIN_USER', 'health'],
  ])('says what is wrong with %s=%s', (name, value) => {
    expect(() => localSettings({ [name]: value })).toThrow(`${name} is "${value}"`);
  });
});
