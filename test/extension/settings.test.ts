// Settings come from people: what isn't fit to be used is refused, or its default counts.

import { describe, expect, it } from 'vitest';
import { getEndpoint, getGatePolicy } from '../../extension/settings.ts';

const setTo = (value: unknown): { get: () => unknown } => ({ get: () => value });

describe('the endpoint', () => {
  it.each([
    ['https://pybin.example', 'https://pybin.example'],
    ['  https://pybin.example/  ', 'https://pybin.example'],
    ['https://pybin.example:8443/edge/', 'https://pybin.example:8443/edge'],
    ['https://pybin.example/?a=b#c', 'https://pybin.example'],
    ['http://localhost:8787', 'http://localhost:8787'],
    ['http://127.0.0.1:1234', 'http://127.0.0.1:1234'],
    ['http://[::1]:1234', 'http://[::1]:1234'],
    ['', 'http://localhost:8787'],
    [undefined, 'http://localhost:8787'],
    [12, 'http://localhost:8787'],
  ])('%j is taken as %s', (setting, expected) => {
    expect(getEndpoint(setTo(setting))).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['a key would travel readable', 'http://pybin.example'],
    ['a name that only begins like this machine', 'http://localhost.example'],
    ['a scheme that is no web address', 'file:///tmp/pybin'],
    ['a name and password in it', 'https://ada:secret@pybin.example'],
    ['a password in it', 'https://:secret@pybin.example'],
    ['no address at all', 'pybin.example'],
  ])('is refused: %s', (_, setting) => {
    expect(getEndpoint(setTo(setting))).toMatchObject({
      ok: false,
      problem: { code: 'invalid_argument', field: 'pybin.endpoint' },
    });
  });
});

describe('the gate', () => {
  it.each([
    ['syntax', 'syntax'],
    ['warnings', 'warnings'],
    ['errors', 'errors'],
    ['off', 'errors'],
    [undefined, 'errors'],
    [['syntax'], 'errors'],
  ])('%j counts as %s', (setting, expected) => {
    expect(getGatePolicy(setTo(setting))).toBe(expected);
  });
});
