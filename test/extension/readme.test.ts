// What people are told by name exists: commands, their keys, settings and their values, as the manifest has them.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from '../../shared/limits.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly mac: string }[];
    readonly languageModelTools: readonly { readonly toolReferenceName: string }[];
    readonly walkthroughs: readonly { readonly title: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
    };
  };
}

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { contributes }: Manifest = JSON.parse(read('package.json'));
const texts: Record<string, string> = JSON.parse(read('package.nls.json'));
const settings = contributes.configuration.properties;

/** `%command.push%` as people read it. */
function worded(text: string): string {
  return texts[text.replaceAll('%', '')] ?? text;
}

/** As the palette shows them. */
const commands = new Map(
  contributes.commands.map(({ command, title }) => [`pybin: ${worded(title)}`, command]),
);

/** `ctrl+k shift+b` as keys are labelled. */
function labelled(keys: string): string {
  return keys.replaceAll(/[a-z]+/g, (key) => `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`);
}

const marketplace = 'extension/README.md';
const pages = ['README.md', marketplace, 'CHANGELOG.md'];

describe.each(pages)('%s', (path) => {
  const text = read(path);

  it('calls commands what the palette calls them', () => {
    const named = Array.from(text.matchAll(/\*\*(pybin: [^*]+)\*\*/g), ([, name = '']) => name);
    expect(named.filter((name) => !commands.has(name))).toEqual([]);
  });

  it('names settings that there are', () => {
    const named = Array.from(text.matchAll(/`(pybin\.(?!proto)[\w.]+)`/g), ([, name = '']) => name);
    expect(named.filter((name) => !(name in settings))).toEqual([]);
  });

  it('shows pictures that there are', () => {
    const pictures = Array.from(text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g), ([, name = '']) => name);
    expect(pictures.filter((name) => !existsSync(join(root, dirname(path), name)))).toEqual([]);
  });
});

describe('the changelog', () => {
  it('keeps the form of Keep a Changelog: versions with their day, and kinds of changes', () => {
    const headings = read('CHANGELOG.md').match(/^#.*$/gm) ?? [];
    const [title, ...others] = headings;
    expect(title).toBe('# Changelog');
    const known =
      /^(?:## \[Unreleased\]|## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d|### (?:Added|Changed|Deprecated|Removed|Fixed|Security))$/;
    expect(others.filter((heading) => !known.test(heading))).toEqual([]);
  });
});

describe('the page in the Marketplace', () => {
  const text = read(marketplace);
  const rows = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

  it('has the keys of each command that it lists', () => {
    const listed = rows.flatMap(([, name = '', , key = '', mac = '']) => {
      const command = commands.get(name.replaceAll('*', ''));
      return command === undefined ? [] : [{ command, key, mac }];
    });
    expect(listed.length).toBeGreaterThan(0);
    const bindings = listed.map(({ command }) => {
      const keys = contributes.keybindings.find((binding) => binding.command === command);
      return keys
        ? { command, key: `\`${labelled(keys.key)}\``, mac: `\`${labelled(keys.mac)}\`` }
        : { command, key: '', mac: '' };
    });
    expect(listed).toEqual(bindings);
  });

  it('lists all settings, with the values that they take', () => {
    const listed = rows.flatMap(([, name = '', words = '']) =>
      name.startsWith('`pybin.') ? [{ name: name.replaceAll('`', ''), words }] : [],
    );
    expect(listed.map(({ name }) => name)).toEqual(Object.keys(settings));
    for (const { name, words } of listed)
      for (const value of settings[name]?.enum ?? []) expect(words).toContain(`\`${value}\``);
  });

  it('names the tools and the walkthrough', () => {
    for (const { toolReferenceName } of contributes.languageModelTools)
      expect(text).toContain(`\`#${toolReferenceName}\``);
    for (const { title } of contributes.walkthroughs) expect(text).toContain(`*${worded(title)}*`);
  });

  it('links to nothing beside it, which a page of the Marketplace hasn’t', () => {
    const links = Array.from(text.matchAll(/(?<!!)\[[^\]]*\]\(([^)]+)\)/g), ([, target = '']) => target);
    expect(links.filter((target) => !/^(?:https:|#)/.test(target))).toEqual([]);
  });

  it('has a picture that nobody waits for', () => {
    expect(statSync(join(root, 'extension/media/story.gif')).size).toBeLessThanOrEqual(limits.pictureBytes);
  });
});
