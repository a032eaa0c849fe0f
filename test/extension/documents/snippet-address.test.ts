// A snippet's document has an address that people can read and that the editor finds it by again.

import { describe, expect, it } from 'vitest';
import { documentName, getSnippetOf, snippetAddress } from '../../../extension/documents/snippet-address.ts';
import { create } from '@bufbuild/protobuf';
import { OriginSchema } from '../../../shared/gen/pybin_pb.js';

const id = '55H2amSUVojqwQ7jqxWHnB';
const from = (fileName: string) => create(OriginSchema, { fileName });

describe('the name of a snippet’s document', () => {
  it.each([
    ['its file’s', { language: 'python', origin: from('shop.py') }, 'shop.py'],
    ['its file’s, whatever its language is', { language: 'python', origin: from('Makefile') }, 'Makefile'],
    ['its number’s, with its language’s ending', { language: 'python', origin: from('') }, 'snippet-12.py'],
    ['its number’s, where it has no origin', { language: 'json', origin: undefined }, 'snippet-12.json'],
    [
      'without an ending where the language has none here',
      { language: 'zig', origin: undefined },
      'snippet-12',
    ],
    ['without an ending where there is no language', { language: '', origin: undefined }, 'snippet-12'],
  ])('is %s', (_, snippet, expected) => {
    expect(documentName({ number: 12, ...snippet })).toBe(expected);
  });
});

describe('the address of a snippet’s document', () => {
  it('has the number and the name to be read, and the id to be found', () => {
    const address = snippetAddress({ id, number: 12, language: 'python', origin: undefined });
    expect(address).toEqual({ scheme: 'pybin', path: '/12/snippet-12.py', query: id });
    expect(getSnippetOf(address)).toEqual({ id, number: 12 });
  });

  it.each([
    ['a file', { scheme: 'file', path: '/12/a.py', query: id }],
    ['a comparison', { scheme: 'pybin', path: '/12/a.py', query: 'proposal-1' }],
    ['nothing', { scheme: 'pybin', path: '/12/a.py', query: '' }],
    ['a path of somebody else’s making', { scheme: 'pybin', path: '/a.py', query: id }],
  ])('is none of %s', (_, uri) => {
    expect(getSnippetOf(uri)).toBeUndefined();
  });
});
