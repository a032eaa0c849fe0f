// Where an editor's answer may go, and what is written onto that address.

import { describe, expect, it } from 'vitest';
import { limits } from '../../shared/limits.ts';
import { answeredAddress, getRedirectAddress } from '../../shared/redirect-address.ts';

describe('an address that an answer may be sent to', () => {
  it.each([
    ['vscode://pybin.pybin/signed-in', 'Visual Studio Code', 'vscode://pybin.pybin'],
    ['vscode://pybin.pybin?windowId=2', 'Visual Studio Code', 'vscode://pybin.pybin'],
    ['vscode-insiders://pybin.pybin/x', 'Visual Studio Code Insiders', 'vscode-insiders://pybin.pybin'],
    ['code-oss://pybin.pybin/x', 'Code - OSS', 'code-oss://pybin.pybin'],
    ['vscodium://pybin.pybin/x', 'VSCodium', 'vscodium://pybin.pybin'],
    ['cursor://pybin.pybin/x', 'Cursor', 'cursor://pybin.pybin'],
    ['http://127.0.0.1:4321/x', 'a program on this device', 'http://127.0.0.1:4321'],
    ['http://localhost:4321/callback?a=b', 'a program on this device', 'http://localhost:4321'],
    ['https://localhost/x', 'a program on this device', 'https://localhost'],
    ['http://[::1]:4321/', 'a program on this device', 'http://[::1]:4321'],
    [
      'https://vscode.dev/callback?vscode-reqid=1',
      'VS Code in the browser at vscode.dev',
      'https://vscode.dev',
    ],
    [
      'https://insiders.vscode.dev/callback',
      'VS Code in the browser at insiders.vscode.dev',
      'https://insiders.vscode.dev',
    ],
    [
      'https://fluffy-waffle-4grq.github.dev/extension-auth-callback?state=5d6a',
      'VS Code in the browser at fluffy-waffle-4grq.github.dev',
      'https://fluffy-waffle-4grq.github.dev',
    ],
    ['https://github.dev/callback', 'VS Code in the browser at github.dev', 'https://github.dev'],
  ])('is %s', (text, receiver, place) => {
    expect(getRedirectAddress(text)).toEqual({ href: new URL(text).href, receiver, place });
  });
});

describe('an address that nobody is sent to', () => {
  it.each([
    ['nothing', ''],
    ['no address', 'pybin'],
    ['a path', '/account'],
    ['an address without a scheme', '//vscode.dev/callback'],
    ['a stranger’s page', 'https://evil.example/'],
    ['a stranger’s page that calls itself ours', 'https://vscode.dev.evil.example/callback'],
    ['one that ends as ours does', 'https://evilvscode.dev/callback'],
    ['one below ours', 'https://evil.vscode.dev/callback'],
    [
      'a codespace’s forwarded port, where anybody’s program listens',
      'https://x-8000.app.github.dev/callback',
    ],
    ['two levels below', 'https://a.b.github.dev/callback'],
    ['ours over a line that can be overheard', 'http://vscode.dev/callback'],
    ['another port of ours', 'https://vscode.dev:8443/callback'],
    ['a name before ours', 'https://vscode.dev@evil.example/'],
    ['a password', 'http://a:b@localhost/'],
    ['a name on this device', 'http://vscode.dev@localhost/'],
    ['another of the loopback’s numbers', 'http://127.0.0.2/'],
    ['every address of this device', 'http://0.0.0.0/'],
    ['a name that may resolve anywhere', 'http://localhost.evil.example/'],
    ['another extension', 'vscode://evil.pybin/x'],
    ['an extension whose name begins so', 'vscode://pybin.pybin2/x'],
    ['no extension', 'vscode://'],
    ['a path that looks like one', 'vscode:///pybin.pybin/x'],
    ['a scheme without an authority', 'vscode:pybin.pybin'],
    ['a port of an extension', 'vscode://pybin.pybin:80/x'],
    ['a name at an extension', 'vscode://evil@pybin.pybin/x'],
    ['an unknown scheme', 'someeditor://pybin.pybin/x'],
    ['a name of an object’s own', 'constructor://pybin.pybin/x'],
    ['a script', 'javascript:alert(1)//pybin.pybin'],
    ['a document', 'data:text/html,<script>1</script>'],
    ['a file', 'file://localhost/etc/passwd'],
    ['a fragment', 'http://localhost:1/#x'],
    ['an empty fragment', 'http://localhost:1/#'],
    ['a line end, which parsing drops', 'https://vscode\n.dev/callback'],
    ['a space before', ' http://localhost/'],
    ['a tab', 'java\tscript:alert(1)'],
    ['letters that are turned into others', 'https://vscode。dev/callback'],
    ['too much', `http://localhost/${'x'.repeat(limits.connect.redirectCharacters)}`],
  ])('is %s: %s', (_what, text) => {
    expect(getRedirectAddress(text)).toBeUndefined();
  });

  it('is what a browser reads as another host', () => {
    expect(getRedirectAddress('http://evil.example\\@localhost/')).toBeUndefined();
    expect(getRedirectAddress('http://localhost\\@evil.example/')?.href).toBe(
      'http://localhost/@evil.example/',
    );
  });
});

describe('the address with its answer', () => {
  it.each([
    ['http://localhost:1/x', 'http://localhost:1/x?code=a&state=b'],
    ['http://localhost:1/x?y=%20z&w', 'http://localhost:1/x?y=%20z&w&code=a&state=b'],
    ['http://localhost:1/x?', 'http://localhost:1/x?&code=a&state=b'],
    ['vscode://pybin.pybin/x?windowId=1', 'vscode://pybin.pybin/x?windowId=1&code=a&state=b'],
    // A codespace finds its window by a state of its own.
    ['https://x.github.dev/cb?state=own', 'https://x.github.dev/cb?state=own&code=a'],
  ])('of %s', (text, expected) => {
    expect(answered(text, { code: 'a', state: 'b' })).toBe(expected);
  });

  it('is written so that nothing in it means something else', () => {
    const href = answered('vscode://pybin.pybin/x', { state: '&code=c#;url=x "\'>é\n' });
    expect(href).toMatch(/^vscode:\/\/pybin\.pybin\/x\?state=[!-~]+$/);
    expect(new URL(href).searchParams.get('state')).toBe('&code=c#;url=x "\'>é\n');
    expect(new URL(href).searchParams.has('code')).toBe(false);
    expect(new URL(href).hash).toBe('');
  });
});

/** An address that is taken, with an answer on it. */
function answered(text: string, answer: Record<string, string>): string {
  const address = getRedirectAddress(text);
  if (!address) throw new Error(`${text} is refused`);
  return answeredAddress(address, answer);
}
